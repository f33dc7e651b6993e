import type { EventName } from '../../../preload/contract/events.ts';
import type { MethodName, MethodOf } from '../../../preload/contract/index.ts';

/** Reads whose answers hold secrets. The window reads them on demand and never keeps them. */
type Revealing =
  | 'keys.readCommand'
  | 'keys.reveal'
  | 'tokens.decode'
  | 'tokens.reveal'
  | 'tokens.revealMany'
  | 'users.reveal'
  | 'snippets.render'
  | 'exports.application'
  | 'exports.call'
  | 'exports.devices';
/** Reads of many rows or whole files. A slice of its own keeps them, or nobody does. */
type Large =
  | 'requests.exportHar'
  | 'requests.read'
  | 'tokens.ids'
  | 'tokens.purgeable'
  | 'tokens.readMany'
  | 'tokens.export'
  | 'backup.inspect';
/** Kept by a slice of its own. */
type Own = 'preferences.read';

/** Reads whose answers `reads` may keep. */
export type ReadName = Exclude<
  // `endpoint.status` is no plain read, because it asks the system for something.
  { [N in MethodName]: MethodOf<N>['kind'] extends 'read' | 'scan' ? N : never }[MethodName] | 'endpoint.status',
  Revealing | Large | Own
>;

const tokenEvents = ['tokens.changed', 'applications.changed', 'keys.changed', 'settings.changed'] as const;
const applicationEvents = ['applications.changed', 'keys.changed', 'tokens.changed', 'users.changed'] as const;
const apiEvents = [
  'apis.changed',
  'subscriptions.changed',
  'applications.changed',
  'endpoint.changed',
  'settings.changed',
] as const;

/** The events after which an answer may differ. A missing read is a compile error. */
export const staleAfter: { readonly [N in ReadName | 'tokens.ids' | 'snippets.render']: readonly EventName[] } = {
  'about.read': [],
  'applications.list': applicationEvents,
  'applications.read': applicationEvents,
  'keys.list': ['keys.changed', 'applications.changed'],
  'users.list': ['users.changed', 'applications.changed'],
  'consents.list': ['consents.changed', 'users.changed', 'applications.changed'],
  'scopes.list': ['scopes.changed', 'apis.changed'],
  'apis.list': apiEvents,
  'apis.read': apiEvents,
  'apis.match': apiEvents,
  'deviceSets.list': ['deviceSets.changed', 'applications.changed', 'users.changed'],
  'subscriptions.list': ['subscriptions.changed', 'apis.changed', 'applications.changed'],
  'tiers.list': ['tiers.changed'],
  'tiers.counters': ['tiers.changed', 'requests.added'],
  'tokens.list': tokenEvents,
  'tokens.ids': tokenEvents,
  'tokens.count': tokenEvents,
  'tokens.expiries': tokenEvents,
  'tokens.read': tokenEvents,
  'tokens.explain': tokenEvents,
  'devices.list': tokenEvents,
  'snippets.render': [...tokenEvents, 'endpoint.changed', 'scopes.changed', 'users.changed'],
  'endpoint.status': ['endpoint.changed', 'settings.changed', 'vault.changed'],
  'endpoint.exportCa': ['endpoint.changed', 'settings.changed'],
  'faults.list': ['faults.changed', 'applications.changed', 'apis.changed'],
  'requests.list': ['requests.added', 'requests.cleared', 'endpoint.changed'],
  'audit.list': ['tokens.changed', 'requests.added'],
  'today.read': ['tokens.changed', 'vault.changed'],
  'signingKeys.list': ['signingKeys.changed', 'tokens.changed', 'settings.changed', 'vault.changed'],
  'settings.read': ['settings.changed'],
  'vault.autoLock': ['vault.changed'],
  'vault.status': ['vault.changed', 'vault.rotating'],
};
