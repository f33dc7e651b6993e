import type { KeySet } from '../../../../preload/contract/keys.ts';
import { useKeyfob } from '../../../store/context.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { countOf } from '../../../ui/facts/count.ts';
import { ConfirmDialog } from '../../../ui/overlays/ConfirmDialog.tsx';
import { useLosses } from '../useLosses.ts';
import { keyTypeLooks } from '../words.ts';

interface RegenerateSecretProps {
  readonly keySet: KeySet;
  readonly onClose: () => void;
}

/** Confirms that a new consumer secret replaces the one programs use. */
export const RegenerateSecret = ({ keySet: { application, keyType }, onClose }: RegenerateSecretProps) => {
  const { host } = useKeyfob();
  const toast = useToast();
  const regenerate = async () => {
    const { tokensRevoked } = await host.call('keys.regenerateSecret', { application, keyType });
    toast({
      tone: 'good',
      title: 'The consumer secret was regenerated.',
      ...(tokensRevoked > 0 && { detail: `${countOf(tokensRevoked, 'token')} of the key set revoked.` }),
    });
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Regenerate the ${keyTypeLooks[keyType].label} secret of ${application}?`}
      description="The current secret stops working everywhere. The consumer key stays."
      {...useLosses(application, keyType)}
      confirmLabel="Regenerate secret"
      onConfirm={regenerate}
    />
  );
};
