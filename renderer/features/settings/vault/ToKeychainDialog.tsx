import { type FormEvent, useEffect, useState } from 'react';
import type { KeychainAnswer } from '../../../../preload/contract/vault.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useProof } from '../../../store/hooks/calls/useProof.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../../ui/feedback/Skeleton.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { ProofField } from '../../../ui/protection/ProofField.tsx';
import styles from '../settings.module.css';

/** Moves the key from a passphrase to the keychain, if one is found. */
export const ToKeychainDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { run: ask, error: unasked } = useCall('vault.keychain');
  const change = useCall('vault.changeMode');
  const toast = useToast();
  const [keychain, setKeychain] = useState<KeychainAnswer>();
  const [asked, setAsked] = useState(0);
  const { fields, proof, faultIn } = useProof();

  // biome-ignore lint/correctness/useExhaustiveDependencies: each count checks again
  useEffect(() => {
    void ask({}).then(setKeychain);
  }, [ask, asked]);

  const absent = keychain?.available === false;
  const move = async (event: FormEvent) => {
    event.preventDefault();
    if (absent) setAsked(asked + 1);
    else if (!change.pending && (await change.run({ mode: 'keychain', ...proof })) !== undefined) {
      toast({ tone: 'good', title: 'The key is in the keychain now.' });
      onClose();
    }
  };
  const wrongProof = faultIn(change.error);
  const fault = wrongProof === undefined ? (change.error ?? unasked) : undefined;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      busy={change.pending}
      size="small"
      title="Use the keychain"
      description="Keyfob opens while you're logged in, with nothing to type. The passphrase stops working; the recovery key stays the same."
      onSubmit={(event) => void move(event)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={keychain === undefined} loading={change.pending}>
            {absent ? 'Check again' : 'Use keychain'}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        {fault !== undefined && (
          <ErrorNote title="Nothing was changed." details={fault.details.system}>
            {fault.message}
          </ErrorNote>
        )}
        {keychain === undefined && fault === undefined && <Skeleton lines={2} label="Looking for a keychain" />}
        {keychain?.available === true && <p>Found: {keychain.name}.</p>}
        {absent && <Banner tone="warn">{keychain.why}</Banner>}
        {!absent && (
          <ProofField
            {...fields}
            onChange={(typed) => {
              fields.onChange(typed);
              change.reset();
            }}
            error={wrongProof}
          />
        )}
      </div>
    </Dialog>
  );
};
