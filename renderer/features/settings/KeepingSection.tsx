import { useState } from 'react';
import { settingTexts } from '../../../preload/contract/settings/settingTexts.ts';
import { Switch } from '../../ui/fields/Switch.tsx';
import { Section } from '../../ui/layout/Section.tsx';
import { ConfirmDialog } from '../../ui/overlays/ConfirmDialog.tsx';
import { ChoiceSetting } from './controls/ChoiceSetting.tsx';
import { NumberSetting } from './controls/NumberSetting.tsx';
import { useSettings } from './saving.ts';
import styles from './settings.module.css';

/** The initial value when the switch is turned on. */
const usualDays = 30;

const Persistence = () => {
  const [confirmed, setConfirmed] = useState<() => void>();
  return (
    <>
      <ChoiceSetting
        name="tokenPersistence"
        onChosen={(value, save) => (value === 'hashed' ? setConfirmed(() => save) : save())}
      />
      {confirmed !== undefined && (
        <ConfirmDialog
          open
          onOpenChange={() => setConfirmed(undefined)}
          title="Keep tokens as hashes only?"
          description="The values of all existing tokens are deleted, which can't be undone. Active tokens stay valid, but nobody can view them again. New values are shown once, when they are issued, and each request gets a new token. Backups leave tokens out."
          confirmLabel="Delete values"
          onConfirm={confirmed}
        />
      )}
    </>
  );
};

/** What Keyfob stores of tokens, and for how long. */
export const KeepingSection = () => {
  const { saved, save } = useSettings();
  const days = saved.retiredTokensKeptDays;
  return (
    <Section title="Keeping tokens">
      <div className={styles.settings}>
        <Persistence />
        <div className={styles.group}>
          <Switch
            label={settingTexts.retiredTokensKeptDays.title}
            description={settingTexts.retiredTokensKeptDays.explanation}
            checked={days !== null}
            onChange={(on) => void save('retiredTokensKeptDays', on ? usualDays : null, days)}
          />
          {days !== null && (
            <NumberSetting name="retiredTokensKeptDays" label="Keep them for" unit="days" min={0} max={3650} step={1} />
          )}
        </div>
      </div>
    </Section>
  );
};
