import type { Settings } from '../../../preload/contract/settings.ts';
import type { ApiStore } from './apiStore.ts';
import type { ApplicationStore } from './applicationStore.ts';
import type { AuthorizationCodeStore } from './authorizationCodeStore.ts';
import type { BackupStore } from './backupStore.ts';
import type { ConsentStore } from './consentStore.ts';
import type { KeySetStore } from './keySetStore.ts';
import type { RefreshTokenStore } from './refreshTokenStore.ts';
import type { ScopeStore } from './scopeStore.ts';
import type { SubscriptionStore } from './subscriptionStore.ts';
import type { TierStore } from './tierStore.ts';
import type { TokenStore } from './tokenStore.ts';
import type { UserStore } from './userStore.ts';

/**
 * The engine's storage. Reads see the writes of the open transaction. A write outside a transaction of the group commit
 * throws. Secrets are passed in clear; the store seals them.
 */
export interface Store {
  readonly applications: ApplicationStore;
  readonly keySets: KeySetStore;
  readonly users: UserStore;
  readonly scopes: ScopeStore;
  readonly apis: ApiStore;
  readonly subscriptions: SubscriptionStore;
  readonly tiers: TierStore;
  readonly tokens: TokenStore;
  readonly refreshTokens: RefreshTokenStore;
  readonly authorizationCodes: AuthorizationCodeStore;
  readonly consents: ConsentStore;
  readonly backup: BackupStore;
  readonly settings: {
    /** Cached. */
    read(): Settings;
    write(settings: Settings): void;
  };
  /** Changes with each write, or attempt to write, that requests depend on; writes of tokens excepted. */
  rulesVersion(): number;
}
