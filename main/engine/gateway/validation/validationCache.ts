import type { Settings } from '../../../../preload/contract/settings/settings.ts';
import type { Ports } from '../../ports/ports.ts';
import { remainingMs } from '../../tokens/lifetime.ts';
import { type Accepted, type Refused, refusedAsExpired } from './check.ts';

/** A remembered result, and how many milliseconds ago it was checked. */
export type Remembered =
  | { readonly accepted: Accepted; readonly ageMs: number }
  | { readonly refused: Refused; readonly ageMs: number };

/** The gateway's memory of tokens (gateway reference 13). */
export interface ValidationCache {
  /** What is known of a token at a resource. `atMs` is token time. */
  find(value: string, resourceKey: string, atMs: number): Remembered | undefined;
  keepAccepted(value: string, resourceKey: string, accepted: Accepted): void;
  /** For tokens that no resource accepts. */
  keepRefused(value: string, refused: Refused): void;
  /** Forgets a token by its row id; without one, everything. */
  evict(tokenId?: number): void;
  evictValue(value: string): void;
}

/** When a result was checked, in real time and against which version of the rules. */
interface Checked {
  readonly realMs: number;
  readonly rulesVersion: number;
}

interface KnownToken {
  /** By resource key. */
  readonly at: Map<string, Checked & { readonly accepted: Accepted }>;
  readonly tokenId: number;
}

type KnownRefusal = Checked & { readonly refused: Refused };

/** Longer values of unknown tokens are not remembered, so that clients cannot fill the memory. */
const maxValueLength = 1024;

/**
 * Creates the cache. Its keys are token values in clear, as in the store's caches: hashing each value would take longer
 * than a lookup. Call `evict` when the vault is locked.
 *
 * Under `everywhere`, a result counts only while no rule and no row of the token has changed since. Under `endpoint` it
 * counts until it is too old or evicted. The expiry of the token counts always.
 */
export const createValidationCache = (ports: Ports): ValidationCache => {
  const { store, clock } = ports;
  const known = new Map<string, KnownToken>();
  const refusals = new Map<string, KnownRefusal>();
  const valueOfId = new Map<number, string>();
  /** Results in `known`: one for each token and resource. */
  let results = 0;

  const forget = (value: string): void => {
    const token = known.get(value);
    if (token !== undefined) {
      results -= token.at.size;
      known.delete(value);
      valueOfId.delete(token.tokenId);
    }
    const refusedId = refusals.get(value)?.refused.row?.id;
    refusals.delete(value);
    if (refusedId !== undefined) valueOfId.delete(refusedId);
  };

  const forgetAll = (): void => {
    known.clear();
    refusals.clear();
    valueOfId.clear();
    results = 0;
  };

  const checked = (): Checked => ({ realMs: clock.realTimeMs(), rulesVersion: store.rulesVersion() });

  /** The age of a result that still counts. */
  const ageOf = (one: Checked, row: Accepted['row'] | undefined, settings: Settings): number | undefined => {
    const ageMs = clock.realTimeMs() - one.realMs;
    if (ageMs < 0 || ageMs >= settings.validationCacheSeconds * 1000) return undefined;
    if (settings.validationCacheEviction === 'endpoint') return ageMs;
    // The store gives a changed row another object.
    const isSame = one.rulesVersion === store.rulesVersion() && (!row || store.tokens.byId(row.id) === row);
    return isSame ? ageMs : undefined;
  };

  const keepRefused = (value: string, refused: Refused, at: Checked): void => {
    const { validationCacheEntries } = store.settings.read();
    refusals.delete(value);
    for (const oldest of refusals.keys()) {
      if (refusals.size < validationCacheEntries) break;
      forget(oldest);
    }
    refusals.set(value, { ...at, refused });
    if (refused.row !== undefined) valueOfId.set(refused.row.id, value);
  };

  const findRefusal = (value: string, atMs: number, settings: Settings): Remembered | undefined => {
    const refusal = refusals.get(value);
    if (refusal === undefined) return undefined;
    const { refused } = refusal;
    const ageMs = ageOf(refusal, refused.row, settings);
    // An expired token may be valid again after the clock was moved back.
    const isRevived = refused.isExpired === true && refused.row && remainingMs(ports, refused.row, atMs) > 0;
    if (ageMs !== undefined && !isRevived) return { refused, ageMs };
    forget(value);
    return undefined;
  };

  return {
    find(value, resourceKey, atMs) {
      const settings = store.settings.read();
      if (settings.validationCacheSeconds === 0) {
        if (known.size + refusals.size > 0) forgetAll();
        return undefined;
      }
      const result = known.get(value)?.at.get(resourceKey);
      if (result === undefined) return findRefusal(value, atMs, settings);
      const { accepted } = result;
      const ageMs = ageOf(result, accepted.row, settings);
      if (ageMs === undefined) return undefined;
      if (remainingMs(ports, accepted.row, atMs) > 0) return { accepted, ageMs };
      const refused = refusedAsExpired(ports, accepted);
      forget(value);
      keepRefused(value, refused, result);
      return { refused, ageMs };
    },
    keepAccepted(value, resourceKey, accepted) {
      const { validationCacheSeconds, validationCacheEntries } = store.settings.read();
      if (validationCacheSeconds === 0) return;
      const at = known.get(value)?.at ?? new Map();
      forget(value);
      if (at.size >= validationCacheEntries) at.clear();
      at.set(resourceKey, { ...checked(), accepted });
      for (const oldest of known.keys()) {
        if (results + at.size <= validationCacheEntries) break;
        forget(oldest);
      }
      known.set(value, { at, tokenId: accepted.row.id });
      valueOfId.set(accepted.row.id, value);
      results += at.size;
    },
    keepRefused(value, refused) {
      if (store.settings.read().validationCacheSeconds === 0 || value.length > maxValueLength) return;
      keepRefused(value, refused, checked());
    },
    evict(tokenId) {
      if (tokenId === undefined) return forgetAll();
      const value = valueOfId.get(tokenId);
      if (value !== undefined) forget(value);
    },
    evictValue: forget,
  };
};
