import type { FormEvent, ReactNode } from 'react';
import type { FieldErrors, UseFormRegisterReturn } from 'react-hook-form';
import { Button } from '../../../ui/buttons/Button.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { PasswordInput } from '../../../ui/fields/PasswordInput.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import styles from '../settings.module.css';

interface NewPassphraseDialogProps {
  readonly title: string;
  readonly description: string;
  readonly submitLabel: string;
  /** Title of the error note. */
  readonly failure: string;
  readonly newPassphrase: UseFormRegisterReturn;
  readonly again: UseFormRegisterReturn;
  readonly errors: FieldErrors<{ newPassphrase: string; again: string }>;
  readonly busy: boolean;
  readonly onSubmit: (event: FormEvent) => Promise<void>;
  readonly onClose: () => void;
  /** The proof of the current protection. */
  readonly children: ReactNode;
}

/** The form for a new passphrase, with a proof of the current protection. */
export const NewPassphraseDialog = (props: NewPassphraseDialogProps) => {
  const { title, description, submitLabel, failure, newPassphrase, again, errors, busy, onSubmit, onClose } = props;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      busy={busy}
      size="small"
      title={title}
      description={description}
      onSubmit={(event) => void onSubmit(event)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" loading={busy}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        {errors.root !== undefined && <ErrorNote title={failure}>{errors.root.message}</ErrorNote>}
        {props.children}
        <Field
          label="New passphrase"
          error={errors.newPassphrase?.message}
          hint="At least 8 characters; four or five words are easy to remember."
        >
          <PasswordInput {...newPassphrase} />
        </Field>
        <Field label="Repeat new passphrase" error={errors.again?.message}>
          <PasswordInput {...again} />
        </Field>
      </div>
    </Dialog>
  );
};
