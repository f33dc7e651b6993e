import { type FormEvent, useState } from 'react';
import { usePresenting } from '../../store/presenting.ts';
import { useCall } from '../../store/useCall.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { RecoveryKey } from '../../ui/RecoveryKey.tsx';
import { Stage } from '../../ui/Stage.tsx';
import { StageForm } from '../../ui/StageForm.tsx';
import { Steps } from '../../ui/Steps.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { doneAt, stepTitles } from './steps.ts';

interface RecoveryKeyStepProps {
  /** Absent when it was shown before and is no longer known here. */
  readonly recoveryKey: string | undefined;
  readonly onNewKey: (recoveryKey: string) => void;
  /** Confirmed, or put off. */
  readonly onDone: () => void;
}

/** Step 1, second half: the recovery key, shown once, and confirmed by its last group; or by none, later. */
export const RecoveryKeyStep = ({ recoveryKey, onNewKey, onDone }: RecoveryKeyStepProps) => {
  const confirm = useCall('vault.confirmRecoveryKey');
  const renew = useCall('vault.newRecoveryKey');
  const concealed = usePresenting();
  const [lastGroup, setLastGroup] = useState('');
  const [missing, setMissing] = useState(false);
  const known = recoveryKey !== undefined;

  const check = async (event: FormEvent) => {
    event.preventDefault();
    if (confirm.pending) return;
    setMissing(lastGroup.trim() === '');
    if (lastGroup.trim() !== '' && (await confirm.run({ lastGroup })) !== undefined) onDone();
  };
  const makeNew = async () => {
    const made = await renew.run({});
    if (made === undefined) return;
    setLastGroup('');
    confirm.reset();
    onNewKey(made.recoveryKey);
  };
  const error = missing ? 'Type the last five characters, or choose Later.' : (confirm.error ?? renew.error)?.message;
  return (
    <Stage
      title={known ? 'Write down your recovery key' : 'Do you have your recovery key?'}
      description={
        known
          ? 'It opens the vault when the passphrase is forgotten or the keychain lost its entry. It is shown only now: put it into a password manager or on paper.'
          : 'The vault is made, and its recovery key was shown. If you have not kept it, make a new one; the one before then stops working.'
      }
      above={<Steps titles={stepTitles} done={doneAt.protect} />}
    >
      <StageForm
        onSubmit={(event) => void check(event)}
        focus="input"
        aside={
          known ? undefined : (
            <Button size="large" loading={renew.pending} onClick={() => void makeNew()}>
              Make a new recovery key
            </Button>
          )
        }
        buttons={
          <>
            <Button look="ghost" size="large" onClick={onDone}>
              Later
            </Button>
            <Button type="submit" look="primary" size="large" loading={confirm.pending}>
              Confirm
            </Button>
          </>
        }
      >
        {known && <RecoveryKey recoveryKey={recoveryKey} concealed={concealed} />}
        <Field label="Last five characters" error={error} hint="From your copy, so that Keyfob knows you have one.">
          <TextInput mono maxLength={20} value={lastGroup} onChange={(event) => setLastGroup(event.target.value)} />
        </Field>
      </StageForm>
    </Stage>
  );
};
