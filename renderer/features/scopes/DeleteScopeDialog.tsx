import type { Scope } from '../../../preload/contract/scopes.ts';
import { useKeyfob } from '../../store/context.ts';
import { useRead } from '../../store/hooks/useRead.ts';
import { useToast } from '../../store/hooks/window.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

/** Asks before a scope is deleted, and says what becomes of requests and of tokens that have it. */
export const DeleteScopeDialog = ({ scope, onClose }: { readonly scope: Scope; readonly onClose: () => void }) => {
  const { name } = scope;
  const { host } = useKeyfob();
  const toast = useToast();
  const live = useRead('tokens.count', { scope: name, validity: 'valid' }).value?.total ?? 0;
  const policy = useRead('settings.read', {}).value?.scopePolicy;
  const later =
    policy === 'echo'
      ? 'Requests from now on are given it all the same, as unknown scopes are echoed.'
      : 'Requests from now on are not given it.';
  const holders =
    live === 0
      ? ''
      : ` ${live === 1 ? 'The live token that has it keeps' : `The ${live} live tokens that have it keep`} it.`;
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
