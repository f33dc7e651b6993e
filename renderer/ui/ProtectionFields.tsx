import { KeyRound, LockKeyhole } from 'lucide-react';
import { Button } from './Button.tsx';
import { Field } from './Field.tsx';
import { PasswordInput } from './PasswordInput.tsx';
import styles from './ProtectionFields.module.css';
import { RadioCards } from './RadioCards.tsx';
import type { TextInputProps } from './TextInput.tsx';

interface ProtectionFieldsProps {
  /** Whether the system's keychain answers, and what it is called; `undefined` while it is asked. */
  readonly keychain:
    | { readonly available: boolean; readonly name: string; readonly why?: string | undefined }
    | undefined;
  readonly mode: 'keychain' | 'passphrase' | undefined;
  readonly onMode: (mode: 'keychain' | 'passphrase') => void;
  readonly onLookAgain: () => void;
  /** As react-hook-form registers them. */
  readonly passphrase: TextInputProps;
  readonly again: TextInputProps;
  readonly errors: { readonly passphrase?: string | undefined; readonly again?: string | undefined };
}

/** How secrets are kept from now on: by the system's keychain, or under a new passphrase. */
export const ProtectionFields = (props: ProtectionFieldsProps) => {
  const { keychain, mode, onMode, onLookAgain, passphrase, again, errors } = props;
  const absent = keychain?.available === false;
  return (
    <div className={styles.root}>
      <Field
        label="The key is kept by"
        aside={
          absent && (
            <Button size="small" look="ghost" onClick={onLookAgain}>
              Look for a keychain again
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
                  ? 'Looking whether one answers…'
                  : keychain.available
                    ? `The ${keychain.name} keeps the key. Nothing to type: Keyfob opens while you are logged in.`
                    : (keychain.why ?? 'None answers here.'),
            },
            {
              value: 'passphrase',
              label: 'A passphrase',
              icon: LockKeyhole,
              description: 'You type it when Keyfob starts. Works everywhere, also in containers and over SSH.',
            },
          ]}
        />
      </Field>
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
          <Field label="The same again" error={errors.again}>
            <PasswordInput {...again} />
          </Field>
        </div>
      )}
    </div>
  );
};
