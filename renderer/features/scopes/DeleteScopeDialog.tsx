import type { Scope } from '../../../preload/contract/scopes.ts';
import { useKeyfob } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useToast } from '../../store/hooks/window/window.ts';
import { formatCount } from '../../ui/facts/count.ts';
import { ConfirmDialog } from '../../ui/overlays/ConfirmDialog.tsx';

/** Confirms a deletion, and explains its effect on requests and existing tokens. */
export const DeleteScopeDialog = ({ scope, onClose }: { readonly scope: Scope; readonly onClose: () => void }) => {
  const { name } = scope;
  const { host } = useKeyfob();
  const toast = useToast();
  const live = useRead('tokens.count', { scope: name, validity: 'valid' }).value?.total ?? 0;
  const policy = useRead('settings.read', {}).value?.scopePolicy;
  const later =
    policy === 'echo' ? 'Future requests still get it, as unknown scopes are echoed.' : "Future requests don't get it.";
  const holders =
    live === 0
      ? ''
      : ` ${live === 1 ? 'The active token with it keeps' : `The ${formatCount(live)} active tokens with it keep`} it.`;
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete the scope ${name}?`}
      description={`${later}${holders}`}
      confirmLabel="Delete"
      onConfirm={async () => {
        await host.call('scopes.delete', { name });
        toast({ tone: 'good', title: `Scope ${name} deleted.` });
      }}
    />
  );
};
