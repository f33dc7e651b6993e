import { useEffect, useRef, useState } from 'react';
import { useCall } from '../../store/hooks/calls/useCall.ts';
import { useProtection } from '../../store/hooks/topics/useProtection.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { ProtectionFields } from '../../ui/protection/ProtectionFields.tsx';
import { RecoveryKeyInput } from '../../ui/protection/RecoveryKeyInput.tsx';
import { missingSymbols } from '../../ui/protection/recoveryText.ts';
import { Stage } from '../../ui/stage/Stage.tsx';
import { StageForm } from '../../ui/stage/StageForm.tsx';

/** Opens the vault with its recovery key, and sets where its key is kept. */
export const RecoverVault = ({ onBack }: { readonly onBack: () => void }) => {
  const recover = useCall('vault.recover');
  const { fields, submit } = useProtection();
  const [recoveryKey, setRecoveryKey] = useState('');
  const [sent, setSent] = useState(false);
  const missing = missingSymbols(recoveryKey);
  const { error } = recover;
  const key = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The field may have scrolled out of sight.
    if (error?.code === 'wrong_recovery_key') key.current?.focus();
  }, [error]);
  const wrong = error?.code === 'wrong_recovery_key';

  const open = submit(async (protection) => {
    if (missing > 0) key.current?.focus();
    else if (!recover.pending) await recover.run({ recoveryKey, ...protection });
  });
  const fault = sent && missing > 0 ? `${missing} of 30 letters and digits are missing.` : undefined;
  return (
    <Stage
      title="Use your recovery key"
      description="Enter your recovery key and set a new passphrase, or use the keychain. Your data stays the same."
    >
      <StageForm
        onSubmit={(event) => {
          setSent(true);
          open(event);
        }}
        focus="input"
        aside={
          <Button size="large" onClick={onBack}>
            Back
          </Button>
        }
        buttons={
          <Button type="submit" look="primary" size="large" loading={recover.pending}>
            Open vault
          </Button>
        }
      >
        {error !== undefined && !wrong && (
          <ErrorNote title="Keyfob is still locked." details={error.details.system}>
            {error.message}
          </ErrorNote>
        )}
        <Field
          label="Recovery key"
          error={fault ?? (wrong ? error.message : undefined)}
          hint={fault === undefined && !wrong ? 'Six groups of five. Spaces, hyphens and case are ignored.' : undefined}
        >
          <RecoveryKeyInput
            ref={key}
            value={recoveryKey}
            onChange={(next) => {
              setRecoveryKey(next);
              recover.reset();
            }}
          />
        </Field>
        <ProtectionFields {...fields} />
      </StageForm>
    </Stage>
  );
};
