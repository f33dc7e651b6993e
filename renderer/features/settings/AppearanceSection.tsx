import { Contrast, Monitor, Moon, Sun } from 'lucide-react';
import { useKeyfob, useKeyfobState } from '../../store/context.ts';
import { useKeysOf } from '../../store/keymap.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { RadioCards } from '../../ui/RadioCards.tsx';
import { Section } from '../../ui/Section.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { ChoiceSetting } from './ChoiceSetting.tsx';
import styles from './settings.module.css';
import { useReducedMotion } from './useReducedMotion.ts';

/** How the window looks, and what it hides while others look. */
export const AppearanceSection = () => {
  const { theme, choose } = useKeyfobState((state) => state.appearance);
  const { on, toggle } = useKeyfobState((state) => state.presenting);
  const present = useKeysOf('present');
  const still = useReducedMotion();
  const { can } = useKeyfob().host;
  return (
    <>
      <Section title="Theme" description="Remembered here, for this window.">
        <RadioCards
          aria-label="Theme"
          columns={2}
          value={theme}
          onChange={choose}
          choices={[
            {
              value: 'system',
              label: 'As the system',
              icon: Monitor,
              description: 'Light or dark or high contrast, and changes with it.',
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
      <Section title="While others see this screen">
        <div className={styles.settings}>
          <Switch
            label="Presenting"
            description={
              <>
                Hides every secret, and none can be shown until it is off again; copying still works. Also by{' '}
                <Kbd keys={present.shown} /> and in the bar below. It is off after a reload.
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
      <Section title="Motion" plain>
        <p className={styles.explanation}>
          {still
            ? 'Your system asks for reduced motion, so nothing slides or fades here.'
            : 'Little moves here, and nothing does when your system asks for reduced motion.'}
        </p>
      </Section>
    </>
  );
};
