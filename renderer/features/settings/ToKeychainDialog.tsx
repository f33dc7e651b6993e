import { useEffect, useState } from 'react';
import type { KeychainAnswer } from '../../../preload/contract/vault.ts';
import { useToast } from '../../store/toasts.ts';
import { useCall } from '../../store/useCall.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';

/** From a passphrase to the keychain, where one answers. */
export const ToKeychainDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { run: ask, error: unasked } = useCall('vault.keychain');
  const change = useCall('vault.changeMode');
  const toast = useToast();
  const [keychain, setKeychain] = useState<KeychainAnswer>();
  const [asked, setAsked] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each count asks once more
  useEffect(() => {
    void ask({}).then(setKeychain);
  }, [ask, asked]);

  const move = async () => {
    if ((await change.run({ mode: 'keychain' })) === undefined) return;
    toast({ tone: 'good', title: 'The keychain keeps the vault.' });
    onClose();
  };
  const absent = keychain?.available === false;
  const fault = change.error ?? unasked;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      busy={change.pending}
      size="small"
      title="Keep the vault in the keychain"
      description="Keyfob then opens while you are logged in, with nothing to type. The passphrase no longer opens it; the recovery key stays the same."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {absent ? (
            <Button look="primary" onClick={() => setAsked(asked + 1)}>
              Look again
            </Button>
          ) : (
            <Button
              look="primary"
              disabled={keychain === undefined}
              loading={change.pending}
              onClick={() => void move()}
            >
              Use the keychain
            </Button>
          )}
        </>
      }
    >
      {fault !== undefined && <ErrorNote title="The vault is kept as before.">{fault.message}</ErrorNote>}
      {keychain === undefined && fault === undefined && <Skeleton lines={2} label="Looking for a keychain" />}
      {keychain?.available === true && <p>It was found here: {keychain.name}.</p>}
      {absent && <Banner tone="warn">{keychain.why}</Banner>}
    </Dialog>
  );
};
