import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { useProof } from '../../../store/hooks/calls/useProof.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { ProofField } from '../../../ui/protection/ProofField.tsx';
import { chosenPassphrase } from '../newPassphrase.ts';
import { NewPassphraseDialog } from './NewPassphraseDialog.tsx';

/** Moves the key from the keychain to a passphrase. */
export const ToPassphraseDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { host } = useKeyfob();
  const toast = useToast();
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(chosenPassphrase),
    defaultValues: { newPassphrase: '', again: '' },
  });
  const { fields, proof, faultIn } = useProof();
  const [wrongProof, setWrongProof] = useState<string>();
  const { errors, isSubmitting } = formState;
  const change = handleSubmit(async ({ newPassphrase }) => {
    try {
      await host.call('vault.changeMode', { mode: 'passphrase', newPassphrase, ...proof });
    } catch (thrown) {
      const error = asKeyfobError(thrown);
      const fault = faultIn(error);
      if (fault === undefined) setError('root', { message: error.message });
      else setWrongProof(fault);
      return;
    }
    toast({ tone: 'good', title: 'Keyfob opens with the passphrase now.' });
    onClose();
  });
  return (
    <NewPassphraseDialog
      title="Use a passphrase"
      description="You type it when Keyfob starts and after a lock. The key leaves the keychain. Your data and the recovery key stay the same."
      submitLabel="Use passphrase"
      failure="Something needs attention."
      newPassphrase={register('newPassphrase')}
      again={register('again')}
      errors={errors}
      busy={isSubmitting}
      onSubmit={change}
      onClose={onClose}
    >
      <ProofField
        {...fields}
        onChange={(typed) => {
          fields.onChange(typed);
          setWrongProof(undefined);
        }}
        error={wrongProof}
      />
    </NewPassphraseDialog>
  );
};
