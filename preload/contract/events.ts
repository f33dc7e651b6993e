import type { EndpointRequest, EndpointStatus } from './endpoint.ts';
import type { Preferences } from './preferences.ts';
import type { VaultRotation, VaultStatus } from './vault.ts';

/** What a topic tells its watchers, after the change is on disk. Hints to read again, never secrets. */
export interface Events {
  'applications.changed': { readonly applicationId: number };
  'keys.changed': { readonly applicationId: number };
  'users.changed': { readonly userId: number };
  'scopes.changed': { readonly name: string };
  /** `tokenIds` is absent when too many changed to name them. */
  'tokens.changed': { readonly tokenIds?: readonly number[] };
  'settings.changed': Record<string, never>;
  'preferences.changed': Preferences;
  'endpoint.changed': EndpointStatus;
  'endpoint.request': EndpointRequest;
  'vault.changed': VaultStatus;
  /** How far replacing the data key is; without `rotation` it is done. */
  'vault.rotating': { readonly rotation?: VaultRotation | undefined };
}
export type EventName = keyof Events;
