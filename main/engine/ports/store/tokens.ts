import type { Reason } from '../../../../preload/contract/audit.ts';
import type { TokenFormat } from '../../../../preload/contract/tokenFormat.ts';
import type { GrantType, TokenPersistence, TokenState, UserType } from '../../../../preload/contract/values.ts';
import type { Found, PlacedToken, RetiredPage, TokenFilter } from './tokenFilter.ts';

/** At most one ACTIVE row may have a given tuple (reference 1.2). The store names the scope text by the id of its set. */
export interface Tuple {
  readonly keySetId: number;
  /** The authorized user's row; lower-cased name, user store and tenant identify it. */
  readonly userId: number;
  readonly userType: UserType;
  /** Normalised: sorted, without repetition, joined by one space. */
  readonly scope: string;
  readonly bindingRef: string;
}

export interface TokenRow extends Tuple {
  readonly id: number;
  readonly grantType: GrantType;
  readonly state: TokenState;
  /** `NONE` while ACTIVE, a UUID after. */
  readonly stateId: string;
  readonly issuedAtMs: number;
  /** Negative: never expires. */
  readonly validityMs: number;
  /** The refresh token itself may be purged: with a newer row that carried it. */
  readonly refreshTokenId: number | null;
  readonly format: TokenFormat;
  readonly persistence: TokenPersistence;
}

export interface NewToken extends Tuple {
  readonly grantType: GrantType;
  readonly issuedAtMs: number;
  readonly validityMs: number;
  readonly refreshTokenId: number | null;
  readonly format: TokenFormat;
  readonly reason: Reason;
}

export interface Retirement {
  readonly tokenId: number;
  readonly state: Exclude<TokenState, 'ACTIVE'>;
  readonly stateId: string;
  readonly atMs: number;
  /** A purge goes by real time, which the clock offset does not move. */
  readonly realTimeMs: number;
  readonly reason: Reason;
}

export interface HistoryRow {
  readonly atMs: number;
  readonly state: TokenState;
  readonly reason: Reason;
}

export type StateCounts = Readonly<Record<TokenState, number>>;

/** Which ACTIVE rows to list: those of key sets, or of a user. A user's include application tokens they own. */
export type ActiveOf = { readonly keySetIds: readonly number[] } | { readonly userId: number };

export interface TokenStore {
  /** The ACTIVE row of the tuple, expired or not. */
  findActive(tuple: Tuple): TokenRow | undefined;
  byId(id: number): TokenRow | undefined;
  /** Finds a row in any state by its value; constant time comparison. */
  byValue(accessToken: string): TokenRow | undefined;
  /** The same for ACTIVE rows only. Most of a million tokens are not ACTIVE, and their rows are not read. */
  activeByValue(accessToken: string): TokenRow | undefined;
  /** The id of the next insert, so that a row retired before it can name it. */
  nextId(): number;
  /**
   * Mints a value that holds the new row's id, and stores the row with its issue reason. For a JWT, `sign` gives the
   * value, with this id as its `jti`.
   */
  insert(row: NewToken, sign?: (jwtId: string) => string): { readonly row: TokenRow; readonly accessToken: string };
  /** Undefined where only a hash is stored. */
  reveal(id: number): string | undefined;
  /** Moves rows out of ACTIVE (or EXPIRED), each with its history. */
  retire(retirements: readonly Retirement[]): void;
  /** Changes a row's lifetime and records it in the history. */
  setValidity(id: number, validityMs: number, at: Pick<Retirement, 'atMs' | 'realTimeMs' | 'reason'>): void;
  /** Counts a reuse in memory; flushed at most once a second. */
  countReuse(id: number, realTimeMs: number): void;
  reuses(id: number): { readonly count: number; readonly lastAtMs: number | undefined };
  /** Oldest first, starting with the issue. */
  history(id: number): readonly HistoryRow[];
  /** Rows of the tuple with any binding reference and state, newest first, at most `limit`. */
  ofTuple(tuple: Omit<Tuple, 'bindingRef'>, limit: number): readonly TokenRow[];
  /** The same for ACTIVE and EXPIRED rows. Uses an index, where `ofTuple` may walk down a large store. */
  liveOrExpiredOfTuple(tuple: Omit<Tuple, 'bindingRef'>, limit: number): readonly TokenRow[];
  /** Newest first, at most `limit`; fewer when matches are rare. */
  list(filter: TokenFilter, limit: number): Found<readonly TokenRow[]>;
  /** The same, ids only. */
  ids(filter: TokenFilter, limit: number): Found<readonly number[]>;
  /** The same with their expiry at token time, or their last reuse at real time (0 without one). */
  placed(filter: TokenFilter, by: 'expires' | 'lastUsed', limit: number): Found<readonly PlacedToken[]>;
  /** Counts the newest matches; call it again for older ones. */
  countByState(filter: TokenFilter): Found<StateCounts>;
  /** The number of all rows. */
  count(): number;
  active(of: ActiveOf): readonly TokenRow[];
  /** The user's newest ACTIVE or EXPIRED row of each key set, user type and scope set (reference 9). */
  newestLiveOrExpired(userId: number): readonly TokenRow[];
  countActive(keySetIds: readonly number[]): number;
  /**
   * Tokens that match a filter and were retired at or before this real time. Scans some of them per call, in the order
   * of retirement, from `place` on; 0 is the start.
   */
  retired(filter: TokenFilter, untilMs: number, place: number): RetiredPage;
  /** The last place in the order of retirement. */
  newestPlace(): number;
  /** Deletes rows for good, with all data only they use. Their ids are never reused. */
  purge(ids: readonly number[]): void;
  /**
   * Deletes scope sets that no token has since a purge, some at a time. Returns false while more remain: call it again in
   * the next transaction.
   */
  dropUnusedScopeSets(): boolean;
  /**
   * Deletes a batch of stored values after `tokenPersistence` was set to `hashed`. Returns false while more remain:
   * call it again in the next transaction.
   */
  dropValues(): boolean;
}
