import { ListPlus } from 'lucide-react';
import { type RefObject, useEffect, useMemo, useState } from 'react';
import { useMainAction, useNewAction } from '../../store/hooks/useCommands.ts';
import { useRead } from '../../store/hooks/useRead.ts';
import { useKeysOf } from '../../store/hooks/window.ts';
import type { DeviceToken } from '../../store/topics/deviceTokenReads.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { ChipsInput } from '../../ui/ChipsInput.tsx';
import { addChips } from '../../ui/chips.ts';
import { countOf } from '../../ui/count.ts';
import { Field } from '../../ui/Field.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import styles from './MintForm.module.css';
import { NamesGenerator } from './NamesGenerator.tsx';
import { checkName, checkScope, mostNames, prefix, problemsOf } from './names.ts';
import type { Mint } from './useMint.ts';

interface MintFormProps {
  readonly mint: Mint;
  /** The tokens in the list. */
  readonly tokens: Iterable<DeviceToken>;
  /** Around the box for device names. */
  readonly namesBox: RefObject<HTMLDivElement | null>;
  /** Whether it cannot be minted now. */
  readonly blocked: boolean;
}

const recent = { deviceTokens: true, limit: 200 } as const;

/** Which devices get a token, with which scopes, and the one button that mints them. For whom, the context says. */
export const MintForm = ({ mint, tokens, namesBox, blocked }: MintFormProps) => {
  const { draft, change, mintDraft } = mint;
  const error = mint.outcome?.error;
  const [typed, setTyped] = useState('');
  const scopes = useRead('scopes.list', {}).value?.items ?? [];
  const newest = useRead('tokens.list', recent).value?.items;
  const known = useMemo(() => [...new Set(newest?.flatMap(({ device }) => device ?? []))], [newest]);
  // The word that is being typed counts: the button and the key make a chip of it first.
  const ready = useMemo(
    () => addChips(draft.names, typed, prefix).chips.filter((name) => checkName(name).ok).length,
    [draft.names, typed],
  );
  const busy = mint.minting !== undefined;
  const tooMany = draft.names.length > mostNames;
  const can = !busy && !blocked && !tooMany;
  const label = ready === 0 ? 'Mint tokens' : `Mint ${countOf(ready, 'token')}`;
  const focusNames = () => namesBox.current?.querySelector('input')?.focus();

  useMainAction(label, can ? mintDraft : undefined);
  useNewAction('Add devices', focusNames);
  useEffect(() => {
    // People come here to type names. Whatever the focus went to on the way here keeps it, unless that is the page itself.
    const frame = requestAnimationFrame(() => {
      const focused = document.activeElement;
      if (focused === document.body || focused?.tagName === 'MAIN') namesBox.current?.querySelector('input')?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [namesBox]);

  const fault = (path: RegExp) => error?.details.fields?.find((field) => path.test(field.path))?.message;
  return (
    <Card className={styles.root}>
      <div ref={namesBox} className={styles.names}>
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
              taken={[...draft.names, ...[...tokens].flatMap(({ device }) => device ?? [])]}
              onAdd={(names) => {
                change({ names: addChips(draft.names, names.join(' '), prefix).chips });
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
            prefix={prefix}
            suggestions={known.map((value) => ({ value }))}
            offerOnFocus={false}
            onTyping={setTyped}
            placeholder="ipad, iphone, pixel"
          />
        </Field>
      </div>
      <Field
        className={styles.scopes ?? ''}
        label="Extra scopes"
        optional
        error={problemsOf(draft.scopes, checkScope) ?? fault(/^scope/)}
      >
        <ChipsInput
          nouns={['scope', 'scopes']}
          value={draft.scopes}
          onChange={(next) => change({ scopes: next })}
          check={checkScope}
          suggestions={scopes.map(({ name, description }) => ({ value: name, description }))}
          placeholder="None"
        />
      </Field>
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
    </Card>
  );
};
