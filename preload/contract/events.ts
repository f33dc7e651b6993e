import type { EndpointStatus } from './endpoint.ts';
import type { Fault } from './faults.ts';
import type { Preferences } from './preferences.ts';
import type { LoggedRequest } from './requests.ts';
import type { VaultRotation, VaultStatus } from './vault.ts';

/** The events of each topic, sent after the change is on disk. They are hints to read again, and hold no secrets. */
export interface Events {
  'applications.changed': { readonly applicationId: number };
  'keys.changed': { readonly applicationId: number };
  'users.changed': { readonly userId: number };
  /** Remembered consents of a user. */
  'consents.changed': { readonly userId: number };
  'scopes.changed': { readonly name: string };
  'apis.changed': { readonly apiId: number };
  'deviceSets.changed': { readonly applicationId: number };
  'subscriptions.changed': { readonly applicationId: number; readonly apiId: number };
  /** `tierId` is absent when all counters were reset. */
  'tiers.changed': { readonly tierId?: number };
  /** `tokenIds` is absent when too many tokens changed. */
  'tokens.changed': { readonly tokenIds?: readonly number[] };
  'signingKeys.changed': Record<string, never>;
  'settings.changed': Record<string, never>;
  'preferences.changed': Preferences;
  'endpoint.changed': EndpointStatus;
  /** Without headers and bodies. */
  'requests.added': LoggedRequest;
  /** All faults on purpose, after each change. A count that runs down is one. */
  'faults.changed': { readonly items: readonly Fault[] };
  'requests.cleared': Record<string, never>;
  'vault.changed': VaultStatus;
  /** Progress of replacing the data key; without `rotation` it is done. */
  'vault.rotating': { readonly rotation?: VaultRotation | undefined };
}
export type EventName = keyof Events;
