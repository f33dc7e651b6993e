import { randomUUID } from 'node:crypto';
import type { Settings } from '../../../preload/contract/settings/settings.ts';
import type { Admitted } from '../headers/credentials.ts';
import { claimsOf, type Times } from './claims.ts';
import { encodeJwt } from './encode.ts';
import type { SigningKey } from './signingKey.ts';

export interface AssertionParts {
  /** The current key, which stays published until then (seconds of token time). Throws `vault_locked`. */
  readonly signingKey: (neededUntilSeconds: number) => SigningKey;
  readonly tokenTimeMs: () => number;
}

/** JWTs that tell backends about callers, in `X-JWT-Assertion` (gateway reference 11). */
export interface Assertions {
  /**
   * Gives the JWT for a request: the cached one until it expires, or a new one. `undefined` if the setting is off or the
   * resource needs no token. Throws if the key cannot be read.
   */
  of(admitted: Admitted, settings: Settings): string | undefined;
  /** Call it when the vault is locked. */
  forget(): void;
}

/** 3.x adds a minute to the lifetime of the token cache. */
const lifetimes = { '2.6': 900, '3.2': 960, '4.x': 900 } as const;

/** The oldest one is evicted. */
const mostCached = 10_000;

/** Creates an empty cache. */
export const createAssertions = ({ signingKey, tokenTimeMs }: AssertionParts): Assertions => {
  const cached = new Map<string, Times & { readonly jwt: string }>();

  const keep = (key: string, entry: Times & { readonly jwt: string }): string => {
    const [oldest] = cached.keys();
    if (oldest !== undefined && cached.size >= mostCached) cached.delete(oldest);
    cached.delete(key);
    cached.set(key, entry);
    return entry.jwt;
  };

  return {
    of(admitted, { backendJwt, gatewayProfile, skewSeconds }) {
      const { caller, api } = admitted;
      if (backendJwt === 'off' || caller === undefined) return undefined;
      const issuedAt = Math.floor(tokenTimeMs() / 1000);
      const key = `${backendJwt} ${gatewayProfile} ${caller.tokenId} ${api.id} ${admitted.basePath}`;
      const known = cached.get(key);
      // The clock can be moved back.
      if (known !== undefined && issuedAt >= known.issuedAt && issuedAt < known.expiresAt - skewSeconds)
        return known.jwt;
      const times = { issuedAt, expiresAt: issuedAt + lifetimes[gatewayProfile] };
      const claims = claimsOf(admitted, caller, gatewayProfile, times, randomUUID());
      const signedBy = backendJwt === 'none' ? undefined : signingKey(times.expiresAt);
      return keep(key, { ...times, jwt: encodeJwt(claims, gatewayProfile, signedBy) });
    },
    forget: () => cached.clear(),
  };
};
