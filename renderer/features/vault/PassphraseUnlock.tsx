import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useCall } from '../../store/hooks/calls/useCall.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { PasswordInput } from '../../ui/fields/PasswordInput.tsx';
import { StageForm } from '../../ui/stage/StageForm.tsx';
import { LockedStage } from './LockedStage.tsx';

/** Opens a vault by its passphrase. A wrong one stays selected, to correct or replace. */
export const PassphraseUnlock = ({ onRecover }: { readonly onRecover: () => void }) => {
  const unlock = useCall('vault.unlock');
  const [passphrase, setPassphrase] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const { error } = unlock;
  const wrong = error?.code === 'wrong_passphrase' ? 'Wrong passphrase.' : error?.details.fields?.[0]?.message;
  useEffect(() => {
    if (error !== undefined) input.current?.select();
  }, [error]);

  const open = (event: FormEvent) => {
    event.preventDefault();
    if (!unlock.pending) void unlock.run({ passphrase });
  };
  return (
    <LockedStage>
      <StageForm
        onSubmit={open}
        focus="input"
        aside={
          <Button size="large" onClick={onRecover}>
            Forgot passphrase? Use recovery key
          </Button>
        }
        buttons={
          <Button type="submit" look="primary" size="large" loading={unlock.pending}>
            Unlock
          </Button>
        }
      >
        {error !== undefined && wrong === undefined && (
          <ErrorNote title="Keyfob is still locked.">{error.message}</ErrorNote>
        )}
        <Field label="Passphrase" error={wrong}>
          <PasswordInput
            ref={input}
            autoComplete="current-password"
            value={passphrase}
            onChange={(event) => {
              setPassphrase(event.target.value);
              unlock.reset();
            }}
          />
        </Field>
      </StageForm>
    </LockedStage>
  );
};
