import type { Handlers } from '../../preload/contract/index.ts';
import { aboutHandlers } from './about.ts';
import { applicationHandlers, purgeDeletedApplications } from './applications.ts';
import { auditHandlers } from './audit.ts';
import { backupHandlers, type RunningImport } from './backup.ts';
import { deviceHandlers } from './devices.ts';
import { doctorHandlers } from './doctor.ts';
import { endpointHandlers } from './endpoint.ts';
import { dropTokenValues } from './keptValues.ts';
import { keyHandlers } from './keys.ts';
import type { OAuthService } from './oauth.ts';
import { createOAuthService } from './oauthService.ts';
import type { Ports } from './ports.ts';
import { preferencesHandlers } from './preferences.ts';
import { purgeByAge } from './purge.ts';
import { scopeHandlers } from './scopes.ts';
import { settingsHandlers } from './settings.ts';
import { snippetHandlers } from './snippets.ts';
import { tokenHandlers } from './tokens.ts';
import { seed, userHandlers } from './users.ts';
import { vaultHandlers } from './vault.ts';

/** The token engine over its ports. */
export interface Engine {
  /** The functions behind the contract. They take parsed input; `write` and steps of `bulk` run in a transaction. */
  readonly handlers: Handlers;
  readonly oauth: OAuthService;
  /** Gives a new vault its owner `admin`. Must run in a transaction; does nothing once there is any user. */
  seed(): void;
  /**
   * Deletes for good what was deleted more than 8 s ago, in steps that hold up nobody: true when there is nothing left,
   * false when it is to be called again, in the next transaction.
   */
  purgeDeletedApplications(): boolean;
  /** Deletes retired tokens that are older than the settings keep them: each step in a transaction of its own. */
  purgeRetiredTokens(): Generator<unknown, void, void>;
  /**
   * Drops values of tokens that were kept before only hashes are: true when there is nothing left, false when it is to be
   * called again, in the next transaction.
   */
  dropTokenValues(): boolean;
}

export const createEngine = (ports: Ports): Engine => {
  const running: RunningImport = { staged: undefined };
  return {
    handlers: {
      applications: applicationHandlers(ports),
      keys: keyHandlers(ports),
      users: userHandlers(ports),
      scopes: scopeHandlers(ports),
      tokens: tokenHandlers(ports),
      devices: deviceHandlers(ports),
      snippets: snippetHandlers(ports),
      endpoint: endpointHandlers(ports),
      settings: settingsHandlers(ports),
      preferences: preferencesHandlers(ports),
      audit: auditHandlers(ports),
      backup: backupHandlers(ports, running),
      vault: vaultHandlers(ports),
      about: aboutHandlers(ports),
      doctor: doctorHandlers(ports),
    },
    oauth: createOAuthService(ports),
    seed: () => seed(ports),
    purgeDeletedApplications: () => purgeDeletedApplications(ports, running),
    purgeRetiredTokens: () => purgeByAge(ports),
    dropTokenValues: () => dropTokenValues(ports),
  };
};
