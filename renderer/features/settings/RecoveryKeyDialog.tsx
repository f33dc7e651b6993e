import { type FormEvent, useEffect, useRef, useState } from 'react';
import { usePresenting } from '../../store/presenting.ts';
import { useToast } from '../../store/toasts.ts';
import { useCall } from '../../store/useCall.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field } from '../../ui/Field.tsx';
import { PasswordInput } from '../../ui/PasswordInput.tsx';
import { RecoveryKey } from '../../ui/RecoveryKey.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './settings.module.css';

const words = {
  ask: {
    title: 'Make a new recovery key?',
    description: 'It is shown once. The one before stops working at once; nothing else changes.',
    no: 'Cancel',
    yes: 'Make it',
  },
  newDataKey: {
    title: 'Replace the data key?',
    description:
      'Everything is sealed anew with another key while Keyfob goes on; tokens, passwords and secrets stay as they are. The recovery key you have stops working at once, and you get a new one.',
    no: 'Cancel',
    yes: 'Replace it',
  },
  shown: {
    title: 'Write down your new recovery key',
    description:
      'It opens the vault when the passphrase is forgotten or the keychain lost its entry. It is shown only now: put it into a password manager or on paper.',
    no: 'Later',
    yes: 'Confirm',
  },
  confirm: {
    title: 'Confirm the recovery key',
    description: 'Type the last five characters of your copy. If you have no copy, make a new recovery key.',
    no: 'Cancel',
    yes: 'Confirm',
  },
} as const;

interface TypedProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
}

/** The sign that somebody has a copy of the recovery key. Takes the focus. */
const LastGroup = ({ value, onChange, error }: TypedProps) => {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <Field label="Last five characters" error={error} hint="From your copy, so that Keyfob knows you have one.">
      <TextInput ref={input} mono maxLength={20} value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
};

/** The sign that somebody may open the vault. Takes the focus when it was a wrong one. */
const PresentPassphrase = ({ value, onChange, error }: TypedProps) => {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (error !== undefined) input.current?.focus();
  }, [error]);
  return (
    <Field label="Passphrase" error={error}>
      <PasswordInput
        ref={input}
        autoComplete="current-password"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
};

interface RecoveryKeyDialogProps {
  /** To make a new one, to get one with a new data key, or to confirm the one there is. */
  readonly task: 'new' | 'newDataKey' | 'confirm';
  /** Whether the passphrase is asked for, by which the new data key is to be kept. */
  readonly asksPassphrase?: boolean;
  readonly onClose: () => void;
}

/** A new recovery key, shown once, and its confirmation. The key lives in here and nowhere else. */
export const RecoveryKeyDialog = ({ task, asksPassphrase = false, onClose }: RecoveryKeyDialogProps) => {
  const renew = useCall('vault.newRecoveryKey');
  const replace = useCall('vault.rotateDataKey');
  const confirm = useCall('vault.confirmRecoveryKey');
  const concealed = usePresenting();
  const toast = useToast();
  const [recoveryKey, setRecoveryKey] = useState<string>();
  const [passphrase, setPassphrase] = useState('');
  const [lastGroup, setLastGroup] = useState('');
  const asked = task === 'newDataKey' ? task : 'ask';
  const step = task === 'confirm' ? 'confirm' : recoveryKey === undefined ? asked : 'shown';
  const asks = step === 'ask' || step === 'newDataKey';
  const pending = renew.pending || replace.pending || confirm.pending;
  const fault = renew.error ?? replace.error;
  // Of all that is sent, the passphrase alone is typed.
  const atPassphrase = asksPassphrase && (fault?.code === 'wrong_passphrase' || fault?.code === 'bad_input');

  const make = () => (task === 'newDataKey' ? replace.run(asksPassphrase ? { passphrase } : {}) : renew.run({}));

  const go = async (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    if (asks) {
      const made = await make();
      if (made === undefined) return;
      setRecoveryKey(made.recoveryKey);
      setPassphrase('');
    } else if ((await confirm.run({ lastGroup })) !== undefined) {
      toast({ tone: 'good', title: 'The recovery key is confirmed.' });
      onClose();
    }
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      // It is not shown twice, so neither Escape nor a stray press may close it.
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
        {fault !== undefined && !atPassphrase && (
          <ErrorNote title="No new recovery key was made.">{fault.message}</ErrorNote>
        )}
        {asks && asksPassphrase && (
          <PresentPassphrase
            value={passphrase}
            onChange={(typed) => {
              setPassphrase(typed);
              replace.reset();
            }}
            error={atPassphrase ? (fault?.details.fields?.[0]?.message ?? fault?.message) : undefined}
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
