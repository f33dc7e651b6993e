import type { EventName } from '../../preload/contract/events.ts';
import type { MethodName, MethodOf } from '../../preload/contract/index.ts';

/** Reads whose answers hold secrets: they are asked on demand and never kept. */
type Revealing = 'keys.reveal' | 'tokens.reveal' | 'tokens.revealMany' | 'users.reveal' | 'snippets.render';
/** Reads of many rows or whole files, kept by the slice of the tokens' table, or not at all. */
type Large = 'tokens.ids' | 'tokens.purgeable' | 'tokens.readMany' | 'tokens.export' | 'backup.inspect';

/** Kept by a slice of its own. */
type Own = 'preferences.read';

/** Reads whose answers the store may keep. */
export type ReadName = Exclude<
  // The status asks the system for something, so it is no plain read.
  { [N in MethodName]: MethodOf<N>['kind'] extends 'read' | 'scan' ? N : never }[MethodName] | 'endpoint.status',
  Revealing | Large | Own
>;

/** After which events an answer may be another. A read that is missing here is a compile error. */
export const staleAfter: { readonly [N in ReadName]: readonly EventName[] } = {
  'about.read': [],
  'applications.list': ['applications.changed', 'keys.changed', 'tokens.changed', 'users.changed'],
  'applications.read': ['applications.changed', 'keys.changed', 'tokens.changed', 'users.changed'],
  'keys.list': ['keys.changed', 'applications.changed'],
  'users.list': ['users.changed', 'applications.changed'],
  'scopes.list': ['scopes.changed'],
  'tokens.list': ['tokens.changed', 'applications.changed', 'keys.changed', 'settings.changed'],
  'tokens.count': ['tokens.changed', 'applications.changed', 'keys.changed', 'settings.changed'],
  'tokens.read': ['tokens.changed', 'applications.changed', 'keys.changed', 'settings.changed'],
  'tokens.explain': ['tokens.changed', 'applications.changed', 'keys.changed', 'settings.changed'],
  'devices.list': ['tokens.changed', 'applications.changed', 'keys.changed', 'settings.changed'],
  'endpoint.status': ['endpoint.changed', 'settings.changed', 'vault.changed'],
  'endpoint.exportCa': ['endpoint.changed', 'settings.changed'],
  'endpoint.requests': ['endpoint.request', 'endpoint.changed'],
  'audit.list': ['tokens.changed', 'endpoint.request'],
  'settings.read': ['settings.changed'],
  'vault.autoLock': ['vault.changed'],
  'vault.status': ['vault.changed', 'vault.rotating'],
};
