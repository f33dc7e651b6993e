import { useEffect, useRef } from 'react';
import { Field } from '../fields/Field.tsx';
import { PasswordInput } from '../fields/PasswordInput.tsx';
import { RecoveryKeyInput } from './RecoveryKeyInput.tsx';

interface ProofFieldProps {
  /** Nothing to type: renders nothing. */
  readonly asks: 'passphrase' | 'recoveryKey' | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
  readonly hint?: string | undefined;
}

/**
 * The current passphrase or recovery key, which proves that a person may change the vault's protection. Takes the focus
 * after an error.
 */
export const ProofField = ({ asks, value, onChange, error, hint }: ProofFieldProps) => {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (error !== undefined) input.current?.focus();
  }, [error]);
  if (asks === undefined) return null;
  if (asks === 'recoveryKey') {
    return (
      <Field label="Current recovery key" error={error} hint={hint ?? 'Spaces, hyphens and case are ignored.'}>
        <RecoveryKeyInput ref={input} value={value} onChange={onChange} />
      </Field>
    );
  }
  return (
    <Field label="Current passphrase" error={error} hint={hint}>
      <PasswordInput
        ref={input}
        autoComplete="current-password"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
};
