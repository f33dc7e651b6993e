import { Dices } from 'lucide-react';
import type { ComponentProps } from 'react';
import { usePresenting } from '../../store/hooks/window/window.ts';
import { newPassword } from '../../store/topics/newPassword.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { PasswordInput } from '../../ui/fields/PasswordInput.tsx';
import { CopyButton } from '../../ui/secrets/CopyButton.tsx';
import styles from './users.module.css';

interface PasswordFieldProps {
  /** The result of react-hook-form's `register`. */
  readonly registered: ComponentProps<typeof PasswordInput>;
  readonly error: string | undefined;
  readonly getValue: () => string;
  readonly onGenerate: (password: string) => void;
}

/** A user's new password: typed, or generated and copied. */
export const PasswordField = ({ registered, error, getValue, onGenerate }: PasswordFieldProps) => {
  const presenting = usePresenting();
  return (
    <Field
      label="Password"
      required
      error={error}
      hint={
        presenting
          ? 'While presenting, type a password instead.'
          : 'Used for the password grant. You can view it later.'
      }
      aside={
        <span className={styles.aside}>
          <CopyButton getText={getValue} what="password" secret />
          <Button size="small" look="ghost" icon={Dices} onClick={() => onGenerate(newPassword())}>
            Generate
          </Button>
        </span>
      }
    >
      <PasswordInput {...registered} mono />
    </Field>
  );
};
