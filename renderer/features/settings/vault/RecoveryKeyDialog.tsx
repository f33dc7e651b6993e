import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useProof } from '../../../store/hooks/calls/useProof.ts';
import { usePresenting, useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { ProofField } from '../../../ui/protection/ProofField.tsx';
import { RecoveryKey } from '../../../ui/protection/RecoveryKey.tsx';
import styles from '../settings.module.css';

const words = {
  ask: {
    title: 'Create a recovery key?',
    description: 'We show it only once. An earlier recovery key stops working immediately; nothing else changes.',
    no: 'Cancel',
    yes: 'Create key',
  },
  newDataKey: {
    title: 'Replace the data key?',
    description:
      'Keyfob encrypts everything again with a new key, in the background. Tokens, passwords and secrets stay the same. Your recovery key stops working immediately, and you get a new one.',
    no: 'Cancel',
    yes: 'Replace key',
  },
  shown: {
    title: 'Save your new recovery key',
    description:
      'Use it if you forget your passphrase or lose the keychain entry. We show it only once. Save it in a password manager or print it.',
    no: 'Skip for now',
    yes: 'Confirm',
  },
  confirm: {
    title: 'Confirm your recovery key',
    description: 'No saved copy? Create a new recovery key instead.',
    no: 'Cancel',
    yes: 'Confirm',
  },
} as const;

interface LastGroupProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
}

/** Proves that a person has a copy of the recovery key. Takes the focus. */
const LastGroup = ({ value, onChange, error }: LastGroupProps) => {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <Field label="Last five characters" error={error} hint="Type them from your saved copy to confirm.">
      <TextInput ref={input} mono maxLength={20} value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
};

interface RecoveryKeyDialogProps {
  /** Create a recovery key (`new`), replace the data key, which creates one too, or confirm the existing one. */
  readonly task: 'new' | 'newDataKey' | 'confirm';
  readonly onClose: () => void;
}

/** Shows a new recovery key once and confirms it. The key stays in this component. */
export const RecoveryKeyDialog = ({ task, onClose }: RecoveryKeyDialogProps) => {
  const renew = useCall('vault.newRecoveryKey');
  const replace = useCall('vault.rotateDataKey');
  const confirm = useCall('vault.confirmRecoveryKey');
  const concealed = usePresenting();
  const toast = useToast();
  const [recoveryKey, setRecoveryKey] = useState<string>();
  const { fields, proof, clear, faultIn } = useProof();
  const [lastGroup, setLastGroup] = useState('');
  const asked = task === 'newDataKey' ? task : 'ask';
  const step = task === 'confirm' ? 'confirm' : recoveryKey === undefined ? asked : 'shown';
  const asks = step === 'ask' || step === 'newDataKey';
  const pending = renew.pending || replace.pending || confirm.pending;
  const fault = renew.error ?? replace.error;
  const wrongProof = faultIn(fault);

  const go = async (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    if (asks) {
      const made = await (task === 'newDataKey' ? replace.run(proof) : renew.run(proof));
      if (made === undefined) return;
      setRecoveryKey(made.recoveryKey);
      clear();
    } else if ((await confirm.run({ lastGroup })) !== undefined) {
      toast({ tone: 'good', title: 'Recovery key confirmed' });
      onClose();
    }
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      // The key is shown only once, so neither Escape nor a stray press may close the dialog.
      busy={pending || step === 'shown'}
      size={step === 'shown' ? 'medium' : 'small'}
      title={words[step].title}
      description={words[step].description}
      onSubmit={(event) => void go(event)}
      footer={
        <>
          <Button onClick={onClose}>{words[step].no}</Button>
          <Button type="submit" look="primary" loading={pending} disabled={!asks && lastGroup.trim() === ''}>
            {words[step].yes}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        {fault !== undefined && wrongProof === undefined && (
          <ErrorNote title="No recovery key was created.">{fault.message}</ErrorNote>
        )}
        {asks && (
          <ProofField
            {...fields}
            onChange={(typed) => {
              fields.onChange(typed);
              replace.reset();
              renew.reset();
            }}
            error={wrongProof}
          />
        )}
        {recoveryKey !== undefined && <RecoveryKey recoveryKey={recoveryKey} concealed={concealed} />}
        {!asks && (
          <LastGroup
            value={lastGroup}
            onChange={(typed) => {
              setLastGroup(typed);
              confirm.reset();
            }}
            error={confirm.error?.message}
          />
        )}
      </div>
    </Dialog>
  );
};
