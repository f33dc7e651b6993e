import { useCall } from '../../store/hooks/calls/useCall.ts';
import { useProtection } from '../../store/hooks/topics/useProtection.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { ProtectionFields } from '../../ui/protection/ProtectionFields.tsx';
import { Stage } from '../../ui/stage/Stage.tsx';
import { StageForm } from '../../ui/stage/StageForm.tsx';
import { Steps } from '../../ui/stage/Steps.tsx';
import { doneAt, stepTitles } from './steps.ts';

/** Step 1: creates the vault, in the keychain or under a passphrase. Passes on the recovery key. */
export const ProtectStep = ({ onMade }: { readonly onMade: (recoveryKey: string) => void }) => {
  const create = useCall('vault.create');
  const { mode, fields, submit } = useProtection();
  const make = submit(async (protection) => {
    const made = await create.run(protection);
    if (made !== undefined) onMade(made.recoveryKey);
  });
  const first = { keychain: '[role="radio"][aria-checked="true"]', passphrase: 'input[name="passphrase"]' };
  return (
    <Stage
      title="How should Keyfob protect your secrets?"
      description="One key encrypts consumer secrets, tokens and passwords on this computer."
      above={<Steps titles={stepTitles} done={doneAt.protect} />}
      below="Nothing leaves this computer. You can change this later."
    >
      <StageForm
        onSubmit={make}
        focus={mode && first[mode]}
        buttons={
          <Button type="submit" look="primary" size="large" loading={create.pending} disabled={mode === undefined}>
            Protect and continue
          </Button>
        }
      >
        {create.error !== undefined && (
          <ErrorNote title="No vault was created." details={create.error.details.system}>
            {create.error.message}
          </ErrorNote>
        )}
        <ProtectionFields {...fields} />
      </StageForm>
    </Stage>
  );
};
