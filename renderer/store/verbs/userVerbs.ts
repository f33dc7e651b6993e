import { Ban, CircleCheck, Crosshair, IdCard, KeyRound, Pencil, Ticket, Trash2 } from 'lucide-react';
import type { User } from '../../../preload/contract/users.ts';
import type { Keyfob } from '../context.ts';
import { asKeyfobError } from '../core/resource.ts';
import type { UserDialog } from '../window/askedDialog.ts';
import { failureToast } from '../window/toasts.ts';
import type { Verb } from './verb.ts';

export interface UserVerbActions {
  readonly keyfob: Keyfob;
  ask(dialog: UserDialog, user: User): void;
}

/** Enables a user at once. A toast tells the result. */
function enable({ host, store }: Keyfob, { username }: User): void {
  const { show } = store.getState().toasts;
  host.call('users.enable', { user: username }).then(
    () => show({ tone: 'good', title: `${username} is enabled.` }),
    (fault: unknown) => show(failureToast(`${username} was not enabled.`, asKeyfobError(fault))),
  );
}

/** The actions on a user. */
export const userVerbs: readonly Verb<User, UserVerbActions>[] = [
  {
    id: 'roles',
    words: ['roles', 'role', 'edit', 'change'],
    icon: Pencil,
    label: () => 'Roles…',
    named: (name) => `Roles of ${name}…`,
    group: 1,
    run: (user, { ask }) => ask('roles', user),
  },
  {
    id: 'claims',
    words: ['claims', 'claim', 'edit', 'change'],
    icon: IdCard,
    label: () => 'Claims…',
    named: (name) => `Claims of ${name}…`,
    group: 1,
    run: (user, { ask }) => ask('claims', user),
  },
  {
    id: 'password',
    words: ['password', 'set', 'change'],
    icon: KeyRound,
    label: ({ hasPassword }) => (hasPassword ? 'New password…' : 'Set a password…'),
    named: (name, { hasPassword }) => `${hasPassword ? 'New' : 'Set a'} password for ${name}…`,
    group: 1,
    run: (user, { ask }) => ask('password', user),
  },
  {
    id: 'use user',
    words: ['use', 'choose', 'pick', 'switch'],
    icon: Crosshair,
    label: () => 'Use this',
    named: (name) => `Use ${name} in the context`,
    group: 1,
    run: ({ id }, { keyfob }) => keyfob.store.getState().windowContext.use({ userId: id }),
  },
  {
    id: 'tokens of user',
    words: ['tokens', 'token', 'show', 'list'],
    icon: Ticket,
    label: () => 'Show the tokens',
    named: (name) => `Show the tokens of ${name}`,
    group: 1,
    run: ({ username }, { keyfob }) =>
      keyfob.store.getState().route.go({ screen: 'tokens', filter: { user: username } }),
  },
  {
    id: 'disable',
    words: ['disable', 'lock', 'block'],
    icon: Ban,
    label: () => 'Disable…',
    named: (name) => `Disable ${name}…`,
    group: 2,
    offered: ({ enabled }) => enabled,
    run: (user, { ask }) => ask('disable', user),
  },
  {
    id: 'enable',
    words: ['enable', 'unlock', 'allow'],
    icon: CircleCheck,
    label: () => 'Enable',
    named: (name) => `Enable ${name}`,
    group: 2,
    offered: ({ enabled }) => !enabled,
    run: (user, { keyfob }) => enable(keyfob, user),
  },
  {
    id: 'delete user',
    words: ['delete', 'remove'],
    icon: Trash2,
    label: () => 'Delete…',
    named: (name) => `Delete the user ${name}…`,
    group: 2,
    danger: true,
    run: (user, { ask }) => ask('delete', user),
  },
];
