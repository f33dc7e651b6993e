import { type FormEvent, useState } from 'react';
import { useCall } from '../../store/hooks/calls/useCall.ts';
import { useProof } from '../../store/hooks/calls/useProof.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { usePresenting } from '../../store/hooks/window/window.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { TextInput } from '../../ui/fields/TextInput.tsx';
import { ProofField } from '../../ui/protection/ProofField.tsx';
import { RecoveryKey } from '../../ui/protection/RecoveryKey.tsx';
import { Stage } from '../../ui/stage/Stage.tsx';
import { StageForm } from '../../ui/stage/StageForm.tsx';
import { Steps } from '../../ui/stage/Steps.tsx';
import { doneAt, stepTitles } from './steps.ts';

interface RecoveryKeyStepProps {
  /** Absent after a reload: the page does not store it. */
  readonly recoveryKey: string | undefined;
  readonly onNewKey: (recoveryKey: string) => void;
  /** Called when it is confirmed or skipped. */
  readonly onDone: () => void;
}

const texts = {
  shown: {
    title: 'Save your recovery key',
    description:
      'Use it if you forget your passphrase or lose the keychain entry. We show it only once. Save it in a password manager or print it.',
  },
  gone: {
    title: 'Did you save your recovery key?',
    description: 'We showed it once. Without a copy, create a new one; the old one stops working.',
  },
  none: {
    title: 'Create a recovery key',
    description: 'Use it if you forget your passphrase or lose the keychain entry.',
  },
} as const;

/** Step 1, second half: shows the recovery key once. A person confirms its last group, or skips. */
export const RecoveryKeyStep = ({ recoveryKey, onNewKey, onDone }: RecoveryKeyStepProps) => {
  const confirm = useCall('vault.confirmRecoveryKey');
  const renew = useCall('vault.newRecoveryKey');
  const concealed = usePresenting();
  const { fields, proof, clear, faultIn } = useProof();
  const [lastGroup, setLastGroup] = useState('');
  const [missing, setMissing] = useState(false);
  const known = recoveryKey !== undefined;
  const state = useRead('vault.status', {}).value?.recoveryKey;
  // Right after the vault's creation, the state may still be an old one.
  const none = !known && state === 'none';

  const check = async (event: FormEvent) => {
    event.preventDefault();
    if (confirm.pending) return;
    if (none) return await createKey();
    setMissing(lastGroup.trim() === '');
    if (lastGroup.trim() !== '' && (await confirm.run({ lastGroup })) !== undefined) onDone();
  };
  const createKey = async () => {
    const made = await renew.run(proof);
    if (made === undefined) return;
    clear();
    setLastGroup('');
    confirm.reset();
    onNewKey(made.recoveryKey);
  };
  const wrongProof = faultIn(renew.error);
  const text = texts[known ? 'shown' : none ? 'none' : 'gone'];
  return (
    <Stage
      {...text}
      above={<Steps titles={stepTitles} done={doneAt.protect} />}
      below="If you skip, confirm or replace the key later in Settings → Vault. Without a saved key, all secrets are lost if you forget your passphrase or lose the keychain entry."
    >
      <StageForm
        onSubmit={(event) => void check(event)}
        focus="input"
        aside={
          known || none ? undefined : (
            <Button size="large" loading={renew.pending} onClick={() => void createKey()}>
              Create new key
            </Button>
          )
        }
        buttons={
          <>
            <Button look="ghost" size="large" onClick={onDone}>
              Skip for now
            </Button>
            <Button type="submit" look="primary" size="large" loading={confirm.pending || (none && renew.pending)}>
              {none ? 'Create key' : 'Confirm'}
            </Button>
          </>
        }
      >
        {known && <RecoveryKey recoveryKey={recoveryKey} concealed={concealed} />}
        {renew.error !== undefined && wrongProof === undefined && (
          <ErrorNote title="No recovery key was created.">{renew.error.message}</ErrorNote>
        )}
        {!none && (
          <Field
            label="Last five characters"
            error={missing ? 'Type the last five characters, or skip for now.' : confirm.error?.message}
            hint="Type them from your saved copy to confirm."
          >
            <TextInput mono maxLength={20} value={lastGroup} onChange={(event) => setLastGroup(event.target.value)} />
          </Field>
        )}
        {!known && (
          <ProofField
            {...fields}
            hint={none ? undefined : 'Only needed to create a new key.'}
            onChange={(typed) => {
              fields.onChange(typed);
              renew.reset();
            }}
            error={wrongProof}
          />
        )}
      </StageForm>
    </Stage>
  );
};
