import type { OutputOf } from '../../../preload/contract/define.ts';
import type { MethodName, MethodOf } from '../../../preload/contract/index.ts';

type ItemOf<N extends MethodName> = OutputOf<MethodOf<N>> extends { items: readonly (infer Item)[] } ? Item : never;
type ListMethod = { [N in MethodName]: ItemOf<N> extends never ? never : N }[MethodName];

/** How people see a list. Columns that are neither text nor optional hold ids, keys, names or times: they are never cut. */
export interface ListView<Item> {
  readonly columns: readonly (keyof Item & string)[];
  /** Columns of free text, which may be cut on a narrow terminal; the last column wraps instead. */
  readonly text: readonly (keyof Item & string)[];
  /** Columns that a narrow terminal does without, the least important first. */
  readonly optional: readonly (keyof Item & string)[];
  /** What to do about an empty list. */
  readonly empty: string;
}

const tokenColumns = {
  columns: ['id', 'application', 'keyType', 'user', 'scope', 'state', 'valid', 'expiresAtMs'],
  text: ['application', 'user', 'scope'],
  optional: ['valid', 'keyType', 'application'],
} as const;

/** Every list of the contract; one without a view is a compile error. */
export const lists: { readonly [N in ListMethod]: ListView<ItemOf<N>> } = {
  'applications.list': {
    columns: ['id', 'name', 'owner', 'tier', 'keyTypes', 'activeTokens', 'createdAtMs'],
    text: ['owner', 'tier'],
    optional: ['createdAtMs', 'tier', 'owner'],
    empty: 'No applications yet. Create one: `keyfob applications create --name Shop`',
  },
  'keys.list': {
    columns: ['application', 'keyType', 'consumerKey', 'state', 'issueBehaviour', 'grantTypes', 'createdAtMs'],
    text: ['application', 'grantTypes'],
    optional: ['createdAtMs', 'issueBehaviour', 'grantTypes', 'state'],
    empty: 'No keys yet. Generate them: `keyfob keys generate`',
  },
  'users.list': {
    columns: ['id', 'username', 'roles', 'enabled', 'hasPassword', 'ownsApplications', 'createdAtMs'],
    text: ['roles'],
    optional: ['createdAtMs', 'ownsApplications', 'hasPassword'],
    empty: 'No users yet. Create one: `keyfob users create`',
  },
  'scopes.list': {
    columns: ['name', 'roles', 'description'],
    text: ['roles', 'description'],
    optional: [],
    empty: 'No scopes yet. Create one: `keyfob scopes create --name read`',
  },
  'tokens.list': { ...tokenColumns, empty: 'No matching tokens.' },
  'tokens.readMany': { ...tokenColumns, empty: 'None of these tokens exist.' },
  'tokens.revealMany': {
    columns: ['id', 'accessToken'],
    text: [],
    optional: [],
    empty: 'None of these tokens exist.',
  },
  'devices.mint': {
    columns: ['device', 'id', 'accessToken', 'expiresInSeconds', 'reused'],
    text: [],
    optional: ['reused', 'expiresInSeconds'],
    empty: 'No device was named.',
  },
  'devices.list': {
    columns: ['device', 'id', 'user', 'scope', 'issuedAtMs', 'expiresAtMs'],
    text: ['user', 'scope'],
    optional: ['issuedAtMs', 'scope'],
    empty: 'No live device tokens. Mint some: `keyfob devices mint`',
  },
  'endpoint.requests': {
    columns: ['atMs', 'method', 'path', 'status', 'clientId', 'grantType', 'tokenId', 'error', 'why'],
    text: ['path', 'why'],
    optional: ['clientId', 'grantType', 'error', 'tokenId'],
    empty: 'No requests to the endpoint yet.',
  },
  'doctor.run': { columns: ['state', 'check', 'found', 'todo'], text: [], optional: [], empty: 'Nothing was checked.' },
  'backup.preview': {
    columns: ['item', 'state', 'why'],
    text: ['why'],
    optional: [],
    empty: 'This backup is empty.',
  },
  'audit.list': {
    columns: ['atMs', 'application', 'keyType', 'tokenId', 'text'],
    text: ['application', 'text'],
    optional: ['keyType', 'application'],
    empty: 'No reused tokens or refused requests yet.',
  },
};

export const listViewOf = (method: string): ListView<Record<string, unknown>> | undefined =>
  Object.entries(lists).find(([name]) => name === method)?.[1] as ListView<Record<string, unknown>> | undefined;
