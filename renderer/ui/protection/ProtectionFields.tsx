import { KeyRound, LockKeyhole } from 'lucide-react';
import { Button } from '../buttons/Button.tsx';
import { RadioCards } from '../choices/RadioCards.tsx';
import { Field } from '../fields/Field.tsx';
import { PasswordInput } from '../fields/PasswordInput.tsx';
import type { TextInputProps } from '../fields/TextInput.tsx';
import styles from './ProtectionFields.module.css';

interface ProtectionFieldsProps {
  /** Whether a system keychain was found, and its name. `undefined` while checking. */
  readonly keychain:
    | {
        readonly available: boolean;
        readonly name: string;
        readonly why?: string | undefined;
        readonly details?: string | undefined;
      }
    | undefined;
  readonly mode: 'keychain' | 'passphrase' | undefined;
  readonly onMode: (mode: 'keychain' | 'passphrase') => void;
  readonly onLookAgain: () => void;
  /** The results of react-hook-form's `register`. */
  readonly passphrase: TextInputProps;
  readonly again: TextInputProps;
  readonly errors: { readonly passphrase?: string | undefined; readonly again?: string | undefined };
}

/** Chooses where to keep the key: in the system's keychain, or under a new passphrase. */
export const ProtectionFields = (props: ProtectionFieldsProps) => {
  const { keychain, mode, onMode, onLookAgain, passphrase, again, errors } = props;
  const absent = keychain?.available === false;
  return (
    <div className={styles.root}>
      <Field
        label="Where to keep the key"
        aside={
          absent && (
            <Button size="small" look="ghost" onClick={onLookAgain}>
              Check again
            </Button>
          )
        }
      >
        <RadioCards
          value={mode}
          onChange={onMode}
          choices={[
            {
              value: 'keychain',
              label: "This system's keychain",
              icon: KeyRound,
              disabled: keychain?.available !== true,
              description:
                keychain === undefined
                  ? 'Looking for a keychain…'
                  : keychain.available
                    ? `The ${keychain.name} keeps the key. Nothing to type: Keyfob opens while you're logged in.`
                    : (keychain.why ?? 'No system keychain found.'),
            },
            {
              value: 'passphrase',
              label: 'A passphrase',
              icon: LockKeyhole,
              description: 'You type it when Keyfob starts. Works everywhere, including containers and SSH.',
            },
          ]}
        />
      </Field>
      {absent && keychain.details !== undefined && (
        <details className={styles.details}>
          <summary>Details</summary>
          <code>{keychain.details}</code>
        </details>
      )}
      {mode === 'passphrase' && (
        <div className={styles.fields}>
          <Field
            label="Passphrase"
            error={errors.passphrase}
            hint={
              errors.passphrase === undefined
                ? 'At least 8 characters; four or five words are easy to remember.'
                : undefined
            }
          >
            <PasswordInput {...passphrase} />
          </Field>
          <Field label="Repeat passphrase" error={errors.again}>
            <PasswordInput {...again} />
          </Field>
        </div>
      )}
    </div>
  );
};
