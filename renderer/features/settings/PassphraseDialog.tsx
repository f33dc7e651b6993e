import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { useKeyfob } from '../../store/context.ts';
import { asKeyfobError } from '../../store/core/resource.ts';
import { useToast } from '../../store/hooks/window.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field } from '../../ui/Field.tsx';
import { PasswordInput } from '../../ui/PasswordInput.tsx';
import { changedPassphrase } from './newPassphrase.ts';
import styles from './settings.module.css';

/** Replaces the passphrase. Requires the current one. */
export const PassphraseDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { host } = useKeyfob();
  const toast = useToast();
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(changedPassphrase),
    defaultValues: { passphrase: '', newPassphrase: '', again: '' },
  });
  const { errors, isSubmitting } = formState;
  const change = handleSubmit(async ({ passphrase, newPassphrase }) => {
    try {
      await host.call('vault.changePassphrase', { passphrase, newPassphrase });
    } catch (thrown) {
      const { code, message } = asKeyfobError(thrown);
      if (code === 'wrong_passphrase') setError('passphrase', { message: 'Wrong passphrase.' }, { shouldFocus: true });
      else setError('root', { message });
      return;
    }
    toast({ tone: 'good', title: 'Passphrase changed', detail: 'The old one no longer opens the vault.' });
    onClose();
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      busy={isSubmitting}
      size="small"
      title="Change passphrase"
      description="Your data and the recovery key stay the same."
      onSubmit={(event) => void change(event)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" loading={isSubmitting}>
            Change passphrase
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        {errors.root !== undefined && (
          <ErrorNote title="The passphrase was not changed.">{errors.root.message}</ErrorNote>
        )}
        <Field label="Current passphrase" error={errors.passphrase?.message}>
          <PasswordInput autoComplete="current-password" {...register('passphrase')} />
        </Field>
        <Field
          label="New passphrase"
          error={errors.newPassphrase?.message}
          hint="At least 8 characters; four or five words are easy to remember."
        >
          <PasswordInput {...register('newPassphrase')} />
        </Field>
        <Field label="Repeat new passphrase" error={errors.again?.message}>
          <PasswordInput {...register('again')} />
        </Field>
      </div>
    </Dialog>
  );
};
