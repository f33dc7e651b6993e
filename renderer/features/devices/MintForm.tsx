import { ListPlus } from 'lucide-react';
import { type RefObject, useEffect, useMemo, useState } from 'react';
import { useMainAction, useNewAction } from '../../store/commands.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useKeysOf } from '../../store/keymap.ts';
import { useRead } from '../../store/reads.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { ChipsInput } from '../../ui/ChipsInput.tsx';
import { Combobox } from '../../ui/Combobox.tsx';
import { addChips } from '../../ui/chips.ts';
import { countOf } from '../../ui/count.ts';
import { Field } from '../../ui/Field.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import styles from './MintForm.module.css';
import { NamesGenerator } from './NamesGenerator.tsx';
import { checkName, checkScope, mostNames, problemsOf } from './names.ts';
import type { Mint } from './useMint.ts';
import type { OwnerChoice } from './useOwner.ts';

/** Stands for application tokens among the users; no user's name has a blank. */
const nobody = 'no user';

interface MintFormProps {
  readonly choice: OwnerChoice;
  readonly mint: Mint;
  /** Around the box for device names. */
  readonly namesBox: RefObject<HTMLDivElement | null>;
  /** Why it cannot be minted now. */
  readonly blocked: boolean;
}

/** Who the tokens are for, which devices get one, and the one button that mints them. */
export const MintForm = ({ choice, mint, namesBox, blocked }: MintFormProps) => {
  const { draft, change, mintDraft, error } = mint;
  const [typed, setTyped] = useState('');
  const select = useKeyfobState((state) => state.selection.select);
  const scopes = useRead('scopes.list', {}).value?.items ?? [];
  // The word that is being typed counts: the button and the key make a chip of it first.
  const ready = useMemo(
    () => addChips(draft.names, typed).chips.filter((name) => checkName(name).ok).length,
    [draft.names, typed],
  );
  const busy = mint.minting !== undefined;
  const tooMany = draft.names.length > mostNames;
  const can = !busy && !blocked && !tooMany;
  const label = ready === 0 ? 'Mint tokens' : `Mint ${countOf(ready, 'token')}`;
  const focusNames = () => namesBox.current?.querySelector('input')?.focus();

  useMainAction(label, can ? mintDraft : undefined);
  useNewAction('Name devices to mint for', focusNames);
  useEffect(() => {
    // One comes here to type names. Whatever the focus went to on the way here keeps it, unless that is the page itself.
    const frame = requestAnimationFrame(() => {
      const focused = document.activeElement;
      if (focused === document.body || focused?.tagName === 'MAIN') namesBox.current?.querySelector('input')?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [namesBox]);

  const fault = (path: RegExp) => error?.details.fields?.find((field) => path.test(field.path))?.message;
  const users = choice.users
    .filter(({ enabled }) => enabled)
    .map(({ username, hasPassword }) => ({
      value: username,
      label: username,
      description: hasPassword ? undefined : 'has no password',
    }));
  return (
    <Card className={styles.root}>
      <div className={styles.owner}>
        <Field label="Application">
          <Combobox
            noun="application"
            options={choice.applications.map(({ name }) => ({ value: name, label: name }))}
            value={choice.application?.name}
            onChange={choice.pickApplication}
          />
        </Field>
        <Field label="User">
          <Combobox
            noun="user"
            options={[...users, { value: nobody, label: 'No user', description: 'application tokens' }]}
            value={choice.username ?? nobody}
            onChange={(value) => choice.pickUser(value === nobody ? null : value)}
          />
        </Field>
        <Field label="Further scopes" optional error={problemsOf(draft.scopes, checkScope) ?? fault(/^scope/)}>
          <ChipsInput
            nouns={['scope', 'scopes']}
            value={draft.scopes}
            onChange={(next) => {
              change({ scopes: next });
              select({ scope: next.join(' ') });
            }}
            check={checkScope}
            suggestions={scopes.map(({ name, description }) => ({ value: name, description }))}
            placeholder="None"
          />
        </Field>
      </div>
      <div className={styles.names}>
        <div ref={namesBox} className={styles.box}>
          <Field
            label="Devices"
            error={
              tooMany
                ? `At most ${mostNames} devices at once; ${draft.names.length} are named.`
                : (problemsOf(draft.names, checkName) ?? fault(/^device/))
            }
            aside={
              <NamesGenerator
                trigger={
                  <Button look="ghost" size="small" icon={ListPlus}>
                    Add numbered names
                  </Button>
                }
                onAdd={(names) => {
                  change({ names: [...new Set([...draft.names, ...names])] });
                  focusNames();
                }}
              />
            }
          >
            <ChipsInput
              nouns={['device', 'devices']}
              value={draft.names}
              onChange={(names) => change({ names })}
              check={checkName}
              suggestions={choice.recentDevices.map((value) => ({ value }))}
              offerOnFocus={false}
              onTyping={setTyped}
              placeholder="ipad, iphone, pixel"
            />
          </Field>
        </div>
        <div className={styles.do}>
          <Button
            look="primary"
            loading={busy}
            aria-disabled={!can || ready === 0}
            onClick={() => (can && ready > 0 ? mintDraft() : focusNames())}
          >
            {label}
          </Button>
          <Kbd keys={useKeysOf('main').shown} />
        </div>
      </div>
    </Card>
  );
};
