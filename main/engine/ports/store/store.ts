import type { Settings } from '../../../../preload/contract/settings/settings.ts';
import type { ApiStore } from './apis.ts';
import type { ApplicationStore } from './applications.ts';
import type { AuthorizationCodeStore } from './authorizationCodes.ts';
import type { BackupStore } from './backup.ts';
import type { ConsentStore } from './consents.ts';
import type { DeviceSetStore } from './deviceSets.ts';
import type { KeySetStore } from './keys.ts';
import type { RefreshTokenStore } from './refreshTokens.ts';
import type { ScopeStore } from './scopes.ts';
import type { SubscriptionStore } from './subscriptions.ts';
import type { TierStore } from './tiers.ts';
import type { TokenStore } from './tokens.ts';
import type { UserStore } from './users.ts';

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
  readonly deviceSets: DeviceSetStore;
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
