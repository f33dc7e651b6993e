import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useKeyfob } from '../../store/context.ts';
import { asKeyfobError } from '../../store/core/resource.ts';
import { useProof } from '../../store/hooks/useProof.ts';
import { useToast } from '../../store/hooks/window.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field } from '../../ui/Field.tsx';
import { PasswordInput } from '../../ui/PasswordInput.tsx';
import { ProofField } from '../../ui/ProofField.tsx';
import { chosenPassphrase } from './newPassphrase.ts';
import styles from './settings.module.css';

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
    <Dialog
      open
      onOpenChange={onClose}
      busy={isSubmitting}
      size="small"
      title="Use a passphrase"
      description="You type it when Keyfob starts and after a lock. The key leaves the keychain. Your data and the recovery key stay the same."
      onSubmit={(event) => void change(event)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" loading={isSubmitting}>
            Use passphrase
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        {errors.root !== undefined && <ErrorNote title="Something needs attention.">{errors.root.message}</ErrorNote>}
        <ProofField
          {...fields}
          onChange={(typed) => {
            fields.onChange(typed);
            setWrongProof(undefined);
          }}
          error={wrongProof}
        />
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
