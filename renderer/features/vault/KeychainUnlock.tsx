import { type FormEvent, useEffect } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import { useCall } from '../../store/hooks/calls/useCall.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { StageForm } from '../../ui/stage/StageForm.tsx';
import { LockedStage } from './LockedStage.tsx';

/** Opens a vault whose key is in the keychain: automatically when the window opens, otherwise on a press. */
export const KeychainUnlock = ({ onRecover }: { readonly onRecover: () => void }) => {
  const { run, pending, error } = useCall('vault.unlock');
  const { mayTryKeychain, waitForPerson } = useKeyfobState((state) => state.unlock);
  useEffect(() => {
    if (!mayTryKeychain()) return;
    waitForPerson();
    void run({});
  }, [run, mayTryKeychain, waitForPerson]);

  const lost = error?.code === 'keychain_entry_lost';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    if (lost) onRecover();
    else void run({});
  };
  return (
    <LockedStage>
      <StageForm
        onSubmit={submit}
        focus='button[type="submit"]'
        aside={
          lost ? (
            <Button size="large" loading={pending} onClick={() => void run({})}>
              Try the keychain again
            </Button>
          ) : (
            <Button size="large" onClick={onRecover}>
              Use recovery key
            </Button>
          )
        }
        buttons={
          <Button type="submit" look="primary" size="large" loading={pending}>
            {lost ? 'Use recovery key' : 'Unlock with keychain'}
          </Button>
        }
      >
        {error === undefined ? (
          <p>
            {pending
              ? 'Asking the keychain. Your system may ask you to allow it.'
              : "The key is in this system's keychain."}
          </p>
        ) : (
          <ErrorNote title="Keyfob is still locked." details={error.details.system}>
            {error.message}
          </ErrorNote>
        )}
      </StageForm>
    </LockedStage>
  );
};
