import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { useKeyfob } from '../../store/context.ts';
import { asKeyfobError } from '../../store/resource.ts';
import { useToast } from '../../store/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field } from '../../ui/Field.tsx';
import { PasswordInput } from '../../ui/PasswordInput.tsx';
import { chosenPassphrase } from './newPassphrase.ts';
import styles from './settings.module.css';

/** From the keychain to a passphrase. */
export const ToPassphraseDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { host } = useKeyfob();
  const toast = useToast();
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(chosenPassphrase),
    defaultValues: { newPassphrase: '', again: '' },
  });
  const { errors, isSubmitting } = formState;
  const change = handleSubmit(async ({ newPassphrase }) => {
    try {
      await host.call('vault.changeMode', { mode: 'passphrase', passphrase: newPassphrase });
    } catch (thrown) {
      setError('root', { message: asKeyfobError(thrown).message });
      return;
    }
    toast({ tone: 'good', title: 'The vault is kept under the passphrase.' });
    onClose();
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      busy={isSubmitting}
      size="small"
      title="Keep the vault under a passphrase"
      description="You type it when Keyfob starts and after a lock. The key leaves the keychain; stored secrets are not touched, and the recovery key stays the same."
      onSubmit={(event) => void change(event)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" loading={isSubmitting}>
            Use this passphrase
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        {errors.root !== undefined && <ErrorNote title="Something is left to do.">{errors.root.message}</ErrorNote>}
        <Field
          label="Passphrase"
          error={errors.newPassphrase?.message}
          hint="At least 8 characters; four or five words are easy to remember."
        >
          <PasswordInput {...register('newPassphrase')} />
        </Field>
        <Field label="The same again" error={errors.again?.message}>
          <PasswordInput {...register('again')} />
        </Field>
      </div>
    </Dialog>
  );
};
