import type { User } from '../../../preload/contract/users.ts';
import { useKeyfob } from '../../store/context.ts';
import { useToast } from '../../store/hooks/window/window.ts';
import { countOf } from '../../ui/facts/count.ts';
import { ConfirmDialog } from '../../ui/overlays/ConfirmDialog.tsx';
import { manyLosses } from '../../ui/overlays/NameToType.tsx';
import { useLiveTokens } from './useLiveTokens.ts';

const stopWorking = (count: number) =>
  `${countOf(count, 'token')} ${count === 1 ? 'stops' : 'stop'} working immediately`;

/** Confirms disabling a user, and names the tokens that stop working. */
export const DisableUserDialog = ({ user, onClose }: { readonly user: User; readonly onClose: () => void }) => {
  const { username } = user;
  const { host } = useKeyfob();
  const toast = useToast();
  const { count, lines } = useLiveTokens(username);
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Disable ${username}?`}
      description={`${username} gets no more tokens until enabled again.${count === 0 ? ' There are no active tokens.' : ' Revoked tokens stay revoked.'}`}
      losses={lines}
      lossesTitle={stopWorking(count)}
      confirmLabel="Disable"
      onConfirm={async () => {
        await host.call('users.disable', { user: username });
        toast({ tone: 'good', title: `${username} is disabled.` });
      }}
    />
  );
};

/** Confirms deleting a user without applications, and names the tokens that stop working. */
export const DeleteUserDialog = ({ user, onClose }: { readonly user: User; readonly onClose: () => void }) => {
  const { username } = user;
  const { host } = useKeyfob();
  const toast = useToast();
  const { count, lines } = useLiveTokens(username);
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete ${username}?`}
      description={`This cannot be undone.${count === 0 ? ' There are no active tokens.' : ''}`}
      losses={lines}
      lossesTitle={stopWorking(count)}
      nameToType={count > manyLosses ? username : undefined}
      confirmLabel="Delete"
      onConfirm={async () => {
        await host.call('users.delete', { user: username });
        toast({ tone: 'good', title: `User ${username} deleted.` });
      }}
    />
  );
};
