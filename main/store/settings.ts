import type { Settings } from '../../preload/contract/settings/settings.ts';
import type { Store } from '../engine/ports/store/store.ts';
import { type Context, mayChangeRules, parseColumn } from './context.ts';

/** The defaults of the contract's schema, repeated here because loading zod would slow each start. A test compares them. */
export const defaultSettings: Settings = {
  clockOffsetSeconds: 0,
  applicationTokenValiditySeconds: 3600,
  userTokenValiditySeconds: 3600,
  refreshTokenValiditySeconds: 86_400,
  skewSeconds: 0,
  infiniteUserTokenReuse: true,
  renewRefreshToken: true,
  scopePolicy: 'drop',
  allowedScopePatterns: [],
  minusOneMeans: 'never',
  tokenPersistence: 'encrypted',
  retiredTokensKeptDays: null,
  refuseUrlParameters: false,
  devPortal: false,
  emailUsernames: false,
  renewRefreshTokenToo: false,
  refreshedNeverExpiresIn: '9223372036854775',
  revokeHeaders: true,
  requestedClaims: 'record',
  openidScopeClaims: 'sub',
  subForm: 'user@tenant',
  idTokenValiditySeconds: 3600,
  idTokenForClientCredentials: false,
  jwtAlgorithm: 'RS256',
  rfc9068Algorithm: 'ES256',
  jwtHeader: 'portable',
  reuseJwts: false,
  authorizeErrors: 'redirect',
  loopbackPorts: true,
  issParameter: true,
  maxAge: 'honour',
  consentKey: 'scopes',
  replayRevokes: true,
  verifierWithoutChallenge: 'refuse',
  repeatedLogout: 'finish',
  pickUserAtLogin: true,
  gatewayProfile: '2.6',
  authorizationHeader: 'Authorization',
  removeOAuthHeaders: true,
  bearerCase: 'exact',
  enforceTypeHeaderValidation: false,
  validationCacheSeconds: 900,
  validationCacheEntries: 10_000,
  validationCacheEviction: 'everywhere',
  reasonHeader: 'loopback',
  retryAfter: 'profile',
  backendJwt: 'off',
  backendTimeoutSeconds: 120,
  backendSuspensionSeconds: 0,
  echoRequestHeaders: false,
  port: 8243,
  httpPort: null,
  extraNames: [],
  issuerHost: 'localhost',
  keepServingWhenLocked: false,
  lockAfterIdleMinutes: 15,
  lockWithScreen: true,
  runInTray: false,
  protectContent: false,
};

/** One row per setting that was ever changed. Other settings have the defaults of the running program. */
export function createSettings(context: Context): Store['settings'] {
  const { db, caches } = context;
  const cache = caches.create<'all', Settings>(1);

  const selectAll = db.prepare<[], { readonly name: string; readonly value: string }>(
    'SELECT name, value FROM settings',
  );
  const upsert = db.prepare<[string, string]>(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );

  /** Restarts the deletion of token values: an import may have added values before its last position. */
  const rescanValues = db.prepare('UPDATE deleted_values SET last_id = 0');

  const load = (): Settings => {
    const known = selectAll.all().filter(({ name }) => name in defaultSettings);
    return {
      ...defaultSettings,
      ...Object.fromEntries(known.map(({ name, value }) => [name, parseColumn(value, 'settings.value')])),
    };
  };
  const read = (): Settings => {
    const cached = cache.get('all');
    if (cached !== undefined) return cached;
    const loaded = load();
    cache.set('all', loaded);
    return loaded;
  };

  return {
    read,
    write(settings) {
      mayChangeRules(context);
      if (settings.tokenPersistence !== read().tokenPersistence) {
        rescanValues.run();
        // Caches hold values that must not be shown any more.
        context.commit.afterCommit(caches.drop);
      }
      const before = new Map(Object.entries(read()).map(([name, value]) => [name, JSON.stringify(value)]));
      cache.delete('all');
      for (const [name, value] of Object.entries(settings)) {
        const json = JSON.stringify(value);
        if (before.get(name) !== json) upsert.run(name, json);
      }
    },
  };
}
