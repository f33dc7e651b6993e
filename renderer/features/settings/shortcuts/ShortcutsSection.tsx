import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useKeymap } from '../../../store/hooks/window/window.ts';
import { clashing, isUsual, type Rebinding } from '../../../store/window/keys/keymap.ts';
import {
  commandNames,
  screenNames,
  shortcutNames,
  shortcuts,
  windowNames,
} from '../../../store/window/keys/shortcuts.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { VisuallyHidden } from '../../../ui/layout/VisuallyHidden.tsx';
import { written } from '../words.ts';
import { ShortcutRow } from './ShortcutRow.tsx';

const groups = [
  { title: 'On a screen', names: commandNames },
  { title: 'Everywhere', names: windowNames },
  { title: 'Screens', names: screenNames },
] as const;

const saidOf = ({ name, keys }: Rebinding): string => `${shortcuts[name].label}: ${keys.map(written).join(' or ')}`;

/** All shortcuts, each with changeable keys. */
export const ShortcutsSection = () => {
  const { keymap, bind, resetAll } = useKeymap();
  /** Open question: another shortcut has these keys. */
  const [asked, setAsked] = useState<Rebinding>();
  const [said, setSaid] = useState('');
  const take = (rebinding: Rebinding) => {
    setAsked(undefined);
    bind(rebinding);
    setSaid(saidOf(rebinding));
  };
  const changed = shortcutNames.some((name) => !isUsual(keymap, name));
  return (
    <>
      {groups.map(({ title, names }, index) => (
        <Section
          key={title}
          flush
          title={title}
          {...(index === 0 && {
            description: "Press a shortcut's keys here, then the new ones. Saved for all windows.",
            actions: (
              <Button
                icon={RotateCcw}
                aria-disabled={!changed}
                onClick={() => {
                  setAsked(undefined);
                  resetAll();
                  setSaid('All shortcuts have their default keys.');
                }}
              >
                Reset all
              </Button>
            ),
          })}
        >
          <ul>
            {names.map((name) => (
              <ShortcutRow
                key={name}
                name={name}
                asked={asked?.name === name ? asked : undefined}
                onRebind={(rebinding) =>
                  clashing(keymap, rebinding).length > 0 ? setAsked(rebinding) : take(rebinding)
                }
                onSwap={take}
                onLeave={() => setAsked(undefined)}
              />
            ))}
          </ul>
        </Section>
      ))}
      <VisuallyHidden>
        <span role="status">{said}</span>
      </VisuallyHidden>
    </>
  );
};
