import type { OutputOf } from '../../preload/contract/define.ts';
import type { MethodName, MethodOf } from '../../preload/contract/index.ts';

type ItemOf<N extends MethodName> = OutputOf<MethodOf<N>> extends { items: readonly (infer Item)[] } ? Item : never;
type ListMethod = { [N in MethodName]: ItemOf<N> extends never ? never : N }[MethodName];

/** How people see a list: its columns, and what to do when it is empty. */
export interface ListView<Item> {
  readonly columns: readonly (keyof Item & string)[];
  readonly empty: string;
}

/** Every list of the contract; one without a view is a compile error. */
export const lists: { readonly [N in ListMethod]: ListView<ItemOf<N>> } = {
  'applications.list': {
    columns: ['id', 'name', 'owner', 'tier', 'keyTypes', 'activeTokens', 'createdAtMs'],
    empty: 'No applications yet: `keyfob applications create --name Shop` makes one.',
  },
  'keys.list': {
    columns: ['keyType', 'consumerKey', 'state', 'issueBehaviour', 'grantTypes', 'createdAtMs'],
    empty: 'No keys yet: `keyfob keys generate` makes them.',
  },
  'users.list': {
    columns: ['id', 'username', 'roles', 'enabled', 'hasPassword', 'ownsApplications', 'createdAtMs'],
    empty: 'No users yet: `keyfob users create` makes one.',
  },
  'scopes.list': {
    columns: ['name', 'roles', 'description'],
    empty: 'No scopes yet: `keyfob scopes create --name read` makes one.',
  },
  'tokens.list': {
    columns: ['id', 'application', 'keyType', 'user', 'scope', 'state', 'valid', 'expiresAtMs'],
    empty: 'No such tokens: `keyfob tokens issue` issues one.',
  },
  'tokens.readMany': {
    columns: ['id', 'application', 'keyType', 'user', 'scope', 'state', 'valid', 'expiresAtMs'],
    empty: 'None of these tokens is there.',
  },
  'tokens.revealMany': { columns: ['id', 'accessToken'], empty: 'None of these tokens is there.' },
  'devices.mint': {
    columns: ['device', 'id', 'accessToken', 'expiresInSeconds', 'reused'],
    empty: 'No device was named.',
  },
  'devices.list': {
    columns: ['device', 'id', 'user', 'scope', 'issuedAtMs', 'expiresAtMs'],
    empty: 'No live device tokens: `keyfob devices mint` makes them.',
  },
  'endpoint.requests': {
    columns: ['atMs', 'method', 'path', 'status', 'clientId', 'grantType', 'tokenId', 'error', 'why'],
    empty: 'No requests to the endpoint yet.',
  },
  'doctor.run': { columns: ['state', 'check', 'found', 'todo'], empty: 'Nothing was looked at.' },
  'backup.preview': { columns: ['item', 'state', 'why'], empty: 'There is nothing in this backup.' },
  'audit.list': {
    columns: ['atMs', 'application', 'keyType', 'tokenId', 'text'],
    empty: 'No reuses or refusals yet.',
  },
};

export const listViewOf = (method: string): ListView<Record<string, unknown>> | undefined =>
  Object.entries(lists).find(([name]) => name === method)?.[1] as ListView<Record<string, unknown>> | undefined;
