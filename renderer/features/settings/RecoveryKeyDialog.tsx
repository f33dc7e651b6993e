import { type FormEvent, useEffect, useRef, useState } from 'react';
import { usePresenting } from '../../store/presenting.ts';
import { useToast } from '../../store/toasts.ts';
import { useCall } from '../../store/useCall.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field } from '../../ui/Field.tsx';
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

interface LastGroupProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
}

/** The sign that somebody has a copy of the recovery key. Takes the focus. */
const LastGroup = ({ value, onChange, error }: LastGroupProps) => {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <Field label="Last five characters" error={error} hint="From your copy, so that Keyfob knows you have one.">
      <TextInput ref={input} mono maxLength={20} value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
};

interface RecoveryKeyDialogProps {
  /** To make a new one, or to confirm the one there is. */
  readonly task: 'new' | 'confirm';
  readonly onClose: () => void;
}

/** A new recovery key, shown once, and its confirmation. The key lives in here and nowhere else. */
export const RecoveryKeyDialog = ({ task, onClose }: RecoveryKeyDialogProps) => {
  const make = useCall('vault.newRecoveryKey');
  const confirm = useCall('vault.confirmRecoveryKey');
  const concealed = usePresenting();
  const toast = useToast();
  const [recoveryKey, setRecoveryKey] = useState<string>();
  const [lastGroup, setLastGroup] = useState('');
  const step = task === 'confirm' ? 'confirm' : recoveryKey === undefined ? 'ask' : 'shown';
  const pending = make.pending || confirm.pending;

  const go = async (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    if (step === 'ask') {
      const made = await make.run({});
      if (made !== undefined) setRecoveryKey(made.recoveryKey);
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
          <Button type="submit" look="primary" loading={pending} disabled={step !== 'ask' && lastGroup.trim() === ''}>
            {words[step].yes}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        {make.error !== undefined && <ErrorNote title="No new recovery key was made.">{make.error.message}</ErrorNote>}
        {recoveryKey !== undefined && <RecoveryKey recoveryKey={recoveryKey} concealed={concealed} />}
        {step !== 'ask' && (
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
