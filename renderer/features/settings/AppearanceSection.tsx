import { Contrast, Monitor, Moon, Sun } from 'lucide-react';
import { useKeyfob, useKeyfobState } from '../../store/context.ts';
import { useKeysOf } from '../../store/hooks/window/window.ts';
import { Kbd } from '../../ui/buttons/Kbd.tsx';
import { RadioCards } from '../../ui/choices/RadioCards.tsx';
import { SegmentedControl } from '../../ui/choices/SegmentedControl.tsx';
import { Switch } from '../../ui/fields/Switch.tsx';
import { Section } from '../../ui/layout/Section.tsx';
import { ChoiceSetting } from './controls/ChoiceSetting.tsx';
import styles from './settings.module.css';

/** The theme, the height of rows, and presentation mode. */
export const AppearanceSection = () => {
  const { theme, choose } = useKeyfobState((state) => state.appearance);
  const { kept, keep } = useKeyfobState((state) => state.preferences);
  const { compactRows = 'automatic' } = kept;
  const { on, toggle } = useKeyfobState((state) => state.presenting);
  const present = useKeysOf('present');
  const { can } = useKeyfob().host;
  return (
    <>
      <Section title="Theme" description="Saved for all windows.">
        <RadioCards
          aria-label="Theme"
          columns={2}
          value={theme}
          onChange={choose}
          choices={[
            {
              value: 'system',
              label: 'Same as system',
              icon: Monitor,
              description: 'Light, dark or high contrast. Changes with the system.',
            },
            { value: 'light', label: 'Light', icon: Sun, description: 'Dark text on white.' },
            { value: 'dark', label: 'Dark', icon: Moon, description: 'Light text on near-black.' },
            {
              value: 'contrast',
              label: 'High contrast',
              icon: Contrast,
              description: 'White and bright colours on black, with strong edges.',
            },
          ]}
        />
      </Section>
      <Section
        title="Rows of tokens"
        description="Compact rows have one line. They fit almost twice as many tokens into the window."
      >
        <SegmentedControl
          aria-label="Compact rows"
          value={compactRows}
          onChange={(next) => keep({ compactRows: next })}
          segments={[
            { value: 'automatic', label: 'Above ten rows' },
            { value: 'always', label: 'Always compact' },
            { value: 'never', label: 'Never compact' },
          ]}
        />
      </Section>
      <Section title="While others see this screen">
        <div className={styles.settings}>
          <Switch
            label="Hide secrets (presentation mode)"
            description={
              <>
                Hides secrets until you turn it off; copying still works. Also <Kbd keys={present.shown} /> and in the
                status bar. Off after a reload.
              </>
            }
            checked={on}
            onChange={toggle}
          />
          {can.contentProtection && <ChoiceSetting name="protectContent" />}
        </div>
      </Section>
      {can.tray && (
        <Section title="Window">
          <ChoiceSetting name="runInTray" />
        </Section>
      )}
    </>
  );
};
