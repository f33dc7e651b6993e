import { Lock } from 'lucide-react';
import { settingTexts } from '../../../../preload/contract/settings/settingTexts.ts';
import { useKeyfob } from '../../../store/context.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useKeysOf } from '../../../store/hooks/window/window.ts';
import { runShortcut } from '../../../store/runShortcut.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Kbd } from '../../../ui/buttons/Kbd.tsx';
import { Switch } from '../../../ui/fields/Switch.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { ChoiceSetting } from '../controls/ChoiceSetting.tsx';
import { NumberSetting } from '../controls/NumberSetting.tsx';
import { useSettings } from '../saving.ts';
import styles from '../settings.module.css';
import { defaults } from '../words.ts';

/** When the vault locks, and whether the endpoint keeps serving then. */
export const LockSettings = () => {
  const keyfob = useKeyfob();
  const { saved, save } = useSettings();
  const minutes = saved.lockAfterIdleMinutes;
  const machineNotices = useRead('vault.autoLock', {}).value?.noticesScreenLock ?? false;
  const noticesScreenLock = keyfob.host.can.screenLock || machineNotices;
  return (
    <Section
      title="Locking"
      description={
        <>
          A locked vault shows and issues nothing until you unlock it. <Kbd keys={useKeysOf('lock').shown} /> locks it
          from anywhere.
        </>
      }
      actions={
        <Button icon={Lock} onClick={() => runShortcut('lock', keyfob)}>
          Lock now
        </Button>
      }
    >
      <div className={styles.settings}>
        <div className={styles.group}>
          <Switch
            label={settingTexts.lockAfterIdleMinutes.title}
            description="After no keyboard, mouse or endpoint activity."
            checked={minutes !== null}
            onChange={(on) => void save('lockAfterIdleMinutes', on ? defaults.lockAfterIdleMinutes : null, minutes)}
          />
          {minutes !== null && (
            <NumberSetting
              name="lockAfterIdleMinutes"
              label="For this long"
              unit="minutes"
              min={1}
              max={1440}
              step={1}
            />
          )}
        </div>
        {noticesScreenLock && <ChoiceSetting name="lockWithScreen" />}
        <ChoiceSetting name="keepServingWhenLocked" />
      </div>
    </Section>
  );
};
