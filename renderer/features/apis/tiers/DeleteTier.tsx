import type { Tier } from '../../../../preload/contract/tiers.ts';
import { useKeyfob } from '../../../store/context.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { ConfirmDialog } from '../../../ui/overlays/ConfirmDialog.tsx';
import { levelWords } from './tierWords.ts';

/** Confirms the deletion of a tier. The engine refuses it while something has the tier. */
export const DeleteTier = ({ tier, onClose }: { readonly tier: Tier; readonly onClose: () => void }) => {
  const { level, name } = tier;
  const { host } = useKeyfob();
  const toast = useToast();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete the tier ${name}?`}
      description={`Level: ${levelWords[level].label}. A tier that is in use isn't deleted.`}
      confirmLabel="Delete"
      onConfirm={async () => {
        await host.call('tiers.delete', { level, name });
        toast({ tone: 'good', title: `Tier ${name} deleted.` });
      }}
    />
  );
};
