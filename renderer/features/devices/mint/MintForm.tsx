import { ListPlus } from 'lucide-react';
import { type RefObject, useEffect, useMemo, useState } from 'react';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useMainAction, useNewAction } from '../../../store/hooks/window/useCommands.ts';
import { useKeysOf } from '../../../store/hooks/window/window.ts';
import type { DeviceToken } from '../../../store/topics/devices/deviceTokenReads.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Kbd } from '../../../ui/buttons/Kbd.tsx';
import { ChipsInput } from '../../../ui/chips/ChipsInput.tsx';
import { addChips } from '../../../ui/chips/chips.ts';
import { countOf, formatCount } from '../../../ui/facts/count.ts';
import { formatDuration } from '../../../ui/facts/duration.ts';
import { Field } from '../../../ui/fields/Field.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { Card } from '../../../ui/layout/Card.tsx';
import { checkName, checkScope, mostNames, prefix, problemsOf } from '../names.ts';
import { DeviceSets } from '../sets/DeviceSets.tsx';
import type { useDeviceSets } from '../sets/useDeviceSets.ts';
import styles from './MintForm.module.css';
import { NamesGenerator } from './NamesGenerator.tsx';
import { chosenLifetime, type Mint } from './useMint.ts';

interface MintFormProps {
  readonly mint: Mint;
  /** The listed tokens. */
  readonly tokens: Iterable<DeviceToken>;
  /** Wraps the input for device names. */
  readonly namesBox: RefObject<HTMLDivElement | null>;
  /** Whether minting is impossible now. */
  readonly blocked: boolean;
  /** The key set's lifetime in seconds. */
  readonly usualSeconds: number;
  readonly sets: ReturnType<typeof useDeviceSets>;
}

const recent = { deviceTokens: true, limit: 200 } as const;

interface ScopesFieldProps {
  readonly mint: Mint;
  readonly error: string | undefined;
}

/** Extra scopes for each of the tokens. */
const ScopesField = ({ mint: { draft, change }, error }: ScopesFieldProps) => {
  const scopes = useRead('scopes.list', {}).value?.items ?? [];
  return (
    <Field className={styles.scopes ?? ''} label="Extra scopes" error={problemsOf(draft.scopes, checkScope) ?? error}>
      <ChipsInput
        nouns={['scope', 'scopes']}
        value={draft.scopes}
        onChange={(next) => change({ scopes: next })}
        check={checkScope}
        suggestions={scopes.map(({ name, description }) => ({ value: name, description }))}
        placeholder="None"
      />
    </Field>
  );
};

interface LifetimeFieldProps {
  readonly mint: Mint;
  readonly usualSeconds: number;
  readonly error: string | undefined;
}

/** The lifetime of the tokens being minted. */
const LifetimeField = ({ mint: { draft, change }, usualSeconds, error }: LifetimeFieldProps) => {
  const chosen = chosenLifetime(draft.lifetime);
  return (
    <Field
      className={styles.lifetime ?? ''}
      label="Lifetime"
      error={'problem' in chosen ? 'Use 15m, 1 h or never.' : error}
    >
      <TextInput
        value={draft.lifetime}
        placeholder={formatDuration(usualSeconds)}
        onChange={(event) => change({ lifetime: event.target.value })}
      />
    </Field>
  );
};

/** Focuses the names input, unless something other than the page already has the focus. */
function useInitialFocus(namesBox: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const focused = document.activeElement;
      if (focused === document.body || focused?.tagName === 'MAIN') namesBox.current?.querySelector('input')?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [namesBox]);
}

/** Takes device names, extra scopes and a lifetime, and mints. The context names the owner. */
export const MintForm = ({ mint, tokens, namesBox, blocked, usualSeconds, sets }: MintFormProps) => {
  const { draft, change, mintDraft } = mint;
  const error = mint.outcome?.error;
  const [typed, setTyped] = useState('');
  const newest = useRead('tokens.list', recent).value?.items;
  const known = useMemo(() => [...new Set(newest?.flatMap(({ device }) => device ?? []))], [newest]);
  // Includes the word being typed: pressing the button turns it into a chip first.
  const named = useMemo(
    () => addChips(draft.names, typed, prefix).chips.filter((name) => checkName(name).ok),
    [draft.names, typed],
  );
  const ready = named.length;
  const busy = mint.minting !== undefined;
  const tooMany = draft.names.length > mostNames;
  const lifetime = chosenLifetime(draft.lifetime);
  const canMint = !busy && !blocked;
  const can = canMint && !tooMany && !('problem' in lifetime);
  const label = ready === 0 ? 'Mint tokens' : `Mint ${countOf(ready, 'token')}`;
  const focusNames = () => namesBox.current?.querySelector('input')?.focus();

  useMainAction(label, can ? mintDraft : undefined);
  useNewAction('Add devices', focusNames);
  useInitialFocus(namesBox);
  const fault = (path: RegExp) => error?.details.fields?.find((field) => path.test(field.path))?.message;
  return (
    <Card className={styles.root}>
      <div ref={namesBox} className={styles.names}>
        <Field
          label="Devices"
          error={
            tooMany
              ? `Mint at most ${formatCount(mostNames)} devices at once. You entered ${formatCount(draft.names.length)}.`
              : (problemsOf(draft.names, checkName) ?? fault(/^device/))
          }
          aside={
            <div className={styles.aside}>
              <NamesGenerator
                trigger={
                  <Button look="ghost" size="small" icon={ListPlus} aria-label="Add numbered names">
                    Numbered
                  </Button>
                }
                taken={[...draft.names, ...[...tokens].flatMap(({ device }) => device ?? [])]}
                onAdd={(names) => {
                  change({ names: addChips(draft.names, names.join(' '), prefix).chips });
                  focusNames();
                }}
              />
              <DeviceSets
                sets={sets.sets}
                actions={sets.actions}
                canMint={canMint}
                ready={ready}
                canSave={ready > 0 && !('problem' in lifetime)}
                onSave={() => sets.setSaving({ devices: named, scope: draft.scopes.join(' '), ...lifetime })}
              />
            </div>
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
      <ScopesField mint={mint} error={fault(/^scope/)} />
      <LifetimeField mint={mint} usualSeconds={usualSeconds} error={fault(/^validitySeconds/)} />
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
