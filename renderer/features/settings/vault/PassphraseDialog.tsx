import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Field } from '../../../ui/fields/Field.tsx';
import { PasswordInput } from '../../../ui/fields/PasswordInput.tsx';
import { changedPassphrase } from '../newPassphrase.ts';
import { NewPassphraseDialog } from './NewPassphraseDialog.tsx';

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
    <NewPassphraseDialog
      title="Change passphrase"
      description="Your data and the recovery key stay the same."
      submitLabel="Change passphrase"
      failure="The passphrase was not changed."
      newPassphrase={register('newPassphrase')}
      again={register('again')}
      errors={errors}
      busy={isSubmitting}
      onSubmit={change}
      onClose={onClose}
    >
      <Field label="Current passphrase" error={errors.passphrase?.message}>
        <PasswordInput autoComplete="current-password" {...register('passphrase')} />
      </Field>
    </NewPassphraseDialog>
  );
};
