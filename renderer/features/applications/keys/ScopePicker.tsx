import type { Scope } from '../../../../preload/contract/scopes.ts';
import type { Settings } from '../../../../preload/contract/settings/settings.ts';
import { scopeName } from '../../../../preload/contract/values.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { ChipsInput } from '../../../ui/chips/ChipsInput.tsx';
import type { ChipVerdict } from '../../../ui/chips/chips.ts';
import { Field } from '../../../ui/fields/Field.tsx';

interface ScopePickerProps {
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  readonly error?: string | undefined;
}

const check = (text: string): ChipVerdict => {
  const read = scopeName.safeParse(text);
  return read.success ? { ok: true } : { ok: false, problem: read.error.issues[0]?.message ?? 'Not a valid scope.' };
};

/** Whether every chip has the form of a scope. */
export const areScopes = (value: readonly string[]): boolean => value.every((scope) => check(scope).ok);

/** Undefined scopes, which the engine would drop. Roles may drop more; the answer says so. */
function unknownScopes(value: readonly string[], known: readonly Scope[], settings: Settings): readonly string[] {
  if (settings.scopePolicy === 'echo') return [];
  const allowed = ['device_.*', 'default', ...settings.allowedScopePatterns];
  const free = allowed.map((pattern) => new RegExp(`^(?:${pattern})$`, 'u'));
  const isKnown = (scope: string) => known.some(({ name }) => name === scope) || free.some((one) => one.test(scope));
  return value.filter((scope) => check(scope).ok && !isKnown(scope));
}

/** Scopes to request. Suggests defined scopes; `device_…` is always allowed. */
export const ScopePicker = ({ value, onChange, error }: ScopePickerProps) => {
  const known = useRead('scopes.list', {}).value?.items ?? [];
  const settings = useRead('settings.read', {}).value;
  const unknown = settings === undefined ? [] : unknownScopes(value, known, settings);
  return (
    <Field
      label="Scopes"
      optional
      error={error}
      hint={
        unknown.length > 0 ? (
          <>
            Not defined, so not granted: {unknown.join(', ')}. <a href={hrefOf({ screen: 'scopes' })}>Define scopes</a>
          </>
        ) : undefined
      }
    >
      <ChipsInput
        value={value}
        onChange={onChange}
        check={check}
        nouns={['scope', 'scopes']}
        placeholder="read:orders, device_ipad"
        suggestions={known.map(({ name, description }) => ({ value: name, description }))}
      />
    </Field>
  );
};
