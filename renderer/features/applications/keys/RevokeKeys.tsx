import type { KeySet } from '../../../../preload/contract/keys.ts';
import { useKeyfob } from '../../../store/context.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { countOf } from '../../../ui/facts/count.ts';
import { ConfirmDialog } from '../../../ui/overlays/ConfirmDialog.tsx';
import { manyLosses } from '../../../ui/overlays/NameToType.tsx';
import { useLosses } from '../useLosses.ts';
import { keyTypeLooks } from '../words.ts';

interface RevokeKeysProps {
  readonly keySet: KeySet;
  readonly onClose: () => void;
}

/** Confirms that the endpoint will refuse a key set. */
export const RevokeKeys = ({ keySet: { application, keyType }, onClose }: RevokeKeysProps) => {
  const { host } = useKeyfob();
  const toast = useToast();
  const { label } = keyTypeLooks[keyType];
  const losses = useLosses(application, keyType);
  const revoke = async () => {
    const { tokensRevoked } = await host.call('keys.revoke', { application, keyType });
    toast({
      title: `The ${label} keys of ${application} are revoked.`,
      ...(tokensRevoked > 0 && { detail: `${countOf(tokensRevoked, 'token')} revoked with them.` }),
    });
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Revoke the ${label} keys of ${application}?`}
      description="The endpoint refuses them until you regenerate their secret."
      {...losses}
      nameToType={losses.lossCount > manyLosses ? application : undefined}
      confirmLabel="Revoke keys"
      onConfirm={revoke}
    />
  );
};
