import type { Handlers } from '../../preload/contract/index.ts';
import type { Decided } from './decisions/decided.ts';
import type { PortalService, PortalSource } from './devportal/portalService.ts';
import { createFaultList } from './faults/faultList.ts';
import type { FaultSource } from './faults/faultSource.ts';
import type { GatewayService } from './gateway/gateway.ts';
import { createGatewayService } from './gateway/gatewayService.ts';
import { createThrottle } from './gateway/throttling/throttle.ts';
import { aboutHandlers } from './methods/about.ts';
import { apiHandlers } from './methods/apis.ts';
import { applicationHandlers, purgeDeletedApplications } from './methods/applications.ts';
import { auditHandlers } from './methods/audit.ts';
import { backupHandlers, type RunningImport } from './methods/backup.ts';
import { consentHandlers } from './methods/consents.ts';
import { describeHandlers } from './methods/describe.ts';
import { deviceSetHandlers } from './methods/deviceSets.ts';
import { deviceHandlers } from './methods/devices.ts';
import { doctorHandlers } from './methods/doctor.ts';
import { endpointHandlers } from './methods/endpoint.ts';
import { exportHandlers } from './methods/exports.ts';
import { createFaults } from './methods/faults.ts';
import { importHandlers } from './methods/imports.ts';
import { keyHandlers } from './methods/keys.ts';
import { preferencesHandlers } from './methods/preferences.ts';
import { requestHandlers } from './methods/requests.ts';
import { scopeHandlers } from './methods/scopes.ts';
import { settingsHandlers } from './methods/settings.ts';
import { signingKeyHandlers } from './methods/signingKeys.ts';
import { snippetHandlers } from './methods/snippets.ts';
import { subscriptionHandlers } from './methods/subscriptions.ts';
import { tierHandlers } from './methods/tiers.ts';
import { todayHandlers } from './methods/today.ts';
import { tokenHandlers } from './methods/tokens.ts';
import { seed, userHandlers } from './methods/users.ts';
import { vaultHandlers } from './methods/vault.ts';
import type { OAuthService } from './oauth/oauth.ts';
import { createOAuthService } from './oauth/oauthService.ts';
import type { Ports } from './ports/ports.ts';
import { purgeByAge } from './tokens/purge.ts';
import { dropTokenValues } from './tokens/tokenValues.ts';

/** The token engine, over its ports. */
export interface Engine {
  /**
   * The functions behind the contract. They take parsed input. Run a `write`, and each step of a `bulk`, in a
   * transaction.
   */
  readonly handlers: Handlers;
  readonly oauth: OAuthService;
  readonly gateway: GatewayService;
  readonly portal: PortalSource;
  /** The faults on purpose, for endpoint and gateway. */
  readonly faults: FaultSource;
  /** Creates the owner `admin` in a new vault. Must run in a transaction. Does nothing once a user exists. */
  seed(): void;
  /**
   * Purges applications that were deleted more than 8 seconds ago, one batch of tokens a call, then the scope
   * sets that no token has. Returns true when done. Call it again in the next transaction while it returns false.
   */
  purgeDeletedApplications(): boolean;
  /** Deletes retired tokens by the setting `retiredTokensKeptDays`. Run each step in its own transaction. */
  purgeRetiredTokens(): Generator<unknown, void, void>;
  /**
   * Deletes a batch of stored token values after `tokenPersistence` was set to `hashed`. Returns true when done. Call
   * it again in the next transaction while it returns false.
   */
  dropTokenValues(): boolean;
}

/** Calls `after` with the answer of a write, in its transaction. */
const afterWrite = <T>(decided: Decided<T>, after: (answer: T) => void): Decided<T> =>
  decided.kind === 'answer'
    ? decided
    : {
        kind: 'write',
        apply() {
          const answer = decided.apply();
          after(answer);
          return answer;
        },
      };

/**
 * Evicts the tokens that an answer's headers name from the gateway's cache (token reference 7.6). Without these headers,
 * nothing is evicted: the setting `revokeHeaders`.
 */
const evicting = (oauth: OAuthService, gateway: GatewayService): OAuthService => ({
  ...oauth,
  token: (request) =>
    afterWrite(oauth.token(request), (answer) => {
      if ('deactivatedAccessToken' in answer) gateway.evictValue(answer.deactivatedAccessToken);
    }),
  revoke: (request) =>
    afterWrite(oauth.revoke(request), ({ revoked }) => {
      if (revoked !== undefined) gateway.evict(revoked.tokenId);
    }),
});

const createPortal = (
  ports: Ports,
  methods: Pick<Handlers, 'applications' | 'keys' | 'subscriptions' | 'tokens' | 'apis'>,
): PortalSource => {
  let loaded: Promise<PortalService> | undefined;
  const create = async () => (await import('./devportal/portalService.ts')).createPortalService(ports, methods);
  return {
    isServed: () => ports.store.settings.read().devPortal,
    load() {
      loaded ??= create();
      return loaded;
    },
  };
};

export const createEngine = (ports: Ports): Engine => {
  // In memory, so a restart ends them.
  const faultList = createFaultList();
  const faults = createFaults(ports, faultList);
  const throttle = createThrottle(ports);
  const gateway = createGatewayService(ports, throttle);
  const running: RunningImport = { staged: undefined };
  const handlers = {
    applications: applicationHandlers(ports),
    keys: keyHandlers(ports),
    users: userHandlers(ports),
    consents: consentHandlers(ports),
    scopes: scopeHandlers(ports),
    apis: apiHandlers(ports),
    subscriptions: subscriptionHandlers(ports),
    tiers: tierHandlers(ports, throttle),
    tokens: tokenHandlers(ports),
    devices: deviceHandlers(ports),
    deviceSets: deviceSetHandlers(ports),
    snippets: snippetHandlers(ports),
    exports: exportHandlers(ports),
    endpoint: endpointHandlers(ports),
    signingKeys: signingKeyHandlers(ports),
    requests: requestHandlers(ports),
    faults: faults.handlers,
    settings: settingsHandlers(ports),
    preferences: preferencesHandlers(ports),
    audit: auditHandlers(ports),
    today: todayHandlers(ports),
    backup: backupHandlers(ports, running),
    vault: vaultHandlers(ports),
    about: aboutHandlers(ports),
    doctor: doctorHandlers(ports, faultList),
  };
  return {
    handlers: {
      ...handlers,
      describe: describeHandlers(ports, handlers),
      imports: importHandlers(ports, handlers),
    },
    oauth: evicting(createOAuthService(ports), gateway),
    gateway,
    portal: createPortal(ports, handlers),
    faults: faults.source,
    seed: () => seed(ports),
    purgeDeletedApplications: () =>
      purgeDeletedApplications(ports, (id) => running.staged?.has(id) === true) &&
      ports.store.tokens.dropUnusedScopeSets(),
    purgeRetiredTokens: () => purgeByAge(ports),
    dropTokenValues: () => dropTokenValues(ports),
  };
};
