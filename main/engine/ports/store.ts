import type { Reason } from '../../../preload/contract/audit.ts';
import type { IssueBehaviour } from '../../../preload/contract/keys.ts';
import type { Settings } from '../../../preload/contract/settings.ts';
import type {
  GrantType,
  KeptGrantType,
  KeyType,
  TokenPersistence,
  TokenState,
  UserType,
} from '../../../preload/contract/values.ts';
import type { Found, RetiredPage, TokenFilter } from './tokenFilter.ts';

export interface ApplicationRow {
  readonly id: number;
  readonly name: string;
  readonly ownerId: number;
  readonly description: string;
  readonly tier: string;
  readonly createdAtMs: number;
  /** Real time of deletion; while set, everything of the application counts as gone. */
  readonly deletedAtMs: number | null;
}

export interface KeySetRow {
  readonly id: number;
  readonly applicationId: number;
  readonly keyType: KeyType;
  readonly consumerKey: string;
  readonly state: 'ACTIVE' | 'REVOKED';
  readonly grantTypes: readonly KeptGrantType[];
  readonly callbackUrl: string;
  readonly issueBehaviour: IssueBehaviour;
  readonly applicationTokenValiditySeconds: number;
  readonly userTokenValiditySeconds: number;
  readonly refreshTokenValiditySeconds: number;
  readonly allowedOrigins: readonly string[];
  readonly createdAtMs: number;
}

export interface UserRow {
  readonly id: number;
  /** As typed, without store and tenant. */
  readonly name: string;
  /** Upper case; `PRIMARY` unless named. */
  readonly userStore: string;
  /** Lower case; `carbon.super` unless named. */
  readonly tenantDomain: string;
  readonly roles: readonly string[];
  readonly enabled: boolean;
  readonly hasPassword: boolean;
  readonly createdAtMs: number;
  /** Deleted users stay as a row without a password, for the tokens that name them. */
  readonly deletedAtMs: number | null;
}

export interface ScopeRow {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly roles: readonly string[];
}

/** What at most one ACTIVE row may have (reference 1.2). The store adds the hash of the scope text. */
export interface Tuple {
  readonly keySetId: number;
  /** The authorized user's row: lower-cased name, user store and tenant are one row. */
  readonly userId: number;
  readonly userType: UserType;
  /** Normalised: sorted, without repetition, joined by one blank. */
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
  /** The refresh token may be gone when a purge took the newest row that carried it. */
  readonly refreshTokenId: number | null;
  readonly keptAs: TokenPersistence;
}

/** A refresh token. One may serve several access rows in turn (rows 14, 15, 24, 26); the newest is `tokenId`. */
export interface RefreshTokenRow {
  readonly id: number;
  readonly keySetId: number;
  /** The newest access token row that carries it. */
  readonly tokenId: number;
  readonly issuedAtMs: number;
  /** Negative: never expires. */
  readonly validityMs: number;
  readonly keptAs: TokenPersistence;
}

export interface NewToken extends Tuple {
  readonly grantType: GrantType;
  readonly issuedAtMs: number;
  readonly validityMs: number;
  readonly refreshTokenId: number | null;
  readonly reason: Reason;
}

export interface Retirement {
  readonly tokenId: number;
  readonly state: Exclude<TokenState, 'ACTIVE'>;
  readonly stateId: string;
  readonly atMs: number;
  /** What a purge goes by: real time, which the clock offset does not move. */
  readonly realTimeMs: number;
  readonly reason: Reason;
}

export interface HistoryRow {
  readonly atMs: number;
  readonly state: TokenState;
  readonly reason: Reason;
}

/** What a token brings along besides its row. */
export interface CarriedToken {
  readonly value: string;
  /** Of its issue. */
  readonly reason: Reason;
  /** What happened to it after its issue, oldest first. */
  readonly history: readonly HistoryRow[];
  /** When it came; for a purge it was retired then. */
  readonly realTimeMs: number;
  readonly reuses: { readonly count: number; readonly lastAtMs: number } | undefined;
}

/** A row may come to be as a deleted one, to be brought to life later. */
interface Deletable {
  readonly deletedAtMs?: number | null;
}

export type StateCounts = Readonly<Record<TokenState, number>>;

/**
 * What the engine asks of storage. Reads see what the open transaction wrote. Every write must run inside a
 * transaction of the group commit, else it throws. Secrets go in and out in clear; the store seals them.
 */
export interface Store {
  readonly applications: {
    /** Deleted ones too, until they are purged. */
    list(): readonly ApplicationRow[];
    /** Deleted ones too; cached: asked for each request. */
    byId(id: number): ApplicationRow | undefined;
    /** Living; two living ones never share a name. */
    byName(name: string): ApplicationRow | undefined;
    insert(row: Omit<ApplicationRow, 'id' | 'deletedAtMs'> & Deletable): ApplicationRow;
    update(row: ApplicationRow): void;
    /**
     * Deletes for good, with key sets and tokens. At most `maxTokens` tokens a call where that is given, so that others
     * get their turn; true when all is gone, false when it is to be called again.
     */
    purge(id: number, maxTokens?: number): boolean;
  };
  readonly keySets: {
    /** Of living applications and deleted ones alike; cached. Another object as soon as row or secret changed. */
    byConsumerKey(consumerKey: string): KeySetRow | undefined;
    byId(id: number): KeySetRow | undefined;
    ofApplication(applicationId: number): readonly KeySetRow[];
    insert(row: Omit<KeySetRow, 'id'>, consumerSecret: string): KeySetRow;
    update(row: KeySetRow): void;
    setSecret(id: number, consumerSecret: string): void;
    /** For imports: gives a key set the consumer key it has elsewhere, or takes it away from one that gives way. */
    setConsumerKey(id: number, consumerKey: string): void;
    revealSecret(id: number): string;
    /** Constant time. */
    secretMatches(id: number, consumerSecret: string): boolean;
    /** Of active key sets of living applications; kept until anything but tokens is written. */
    allowedOrigins(): ReadonlySet<string>;
  };
  readonly users: {
    /** Living users. */
    list(): readonly UserRow[];
    /** Deleted ones too. */
    byId(id: number): UserRow | undefined;
    /** Living; the name is compared in lower case. */
    byName(name: string, userStore: string, tenantDomain: string): UserRow | undefined;
    insert(row: Omit<UserRow, 'id' | 'hasPassword' | 'deletedAtMs'> & Deletable, password: string | null): UserRow;
    /** A deletion (`deletedAtMs` set) erases the password. */
    update(row: UserRow): void;
    setPassword(id: number, password: string): void;
    revealPassword(id: number): string | undefined;
    /** Constant time; false without a password. */
    passwordMatches(id: number, password: string): boolean;
  };
  readonly scopes: {
    list(): readonly ScopeRow[];
    /** Cached: asked for each scope of each request. */
    byName(name: string): ScopeRow | undefined;
    insert(row: Omit<ScopeRow, 'id'>): ScopeRow;
    update(row: ScopeRow): void;
    delete(id: number): void;
  };
  readonly tokens: {
    /** The ACTIVE row of the tuple, overdue or not. Newest is by row id (reference 2.2). */
    findActive(tuple: Tuple): TokenRow | undefined;
    byId(id: number): TokenRow | undefined;
    /** By its value, compared in constant time; any state. */
    byValue(accessToken: string): TokenRow | undefined;
    /** The same, for who cares for ACTIVE rows only: of a million tokens most are not, and of those no row is read. */
    activeByValue(accessToken: string): TokenRow | undefined;
    /** The id that the next insert gives its row, so that a row retired before it can name it. */
    nextId(): number;
    /** Makes a value that carries the new row's id, stores the row with its issue reason. */
    insert(row: NewToken): { readonly row: TokenRow; readonly accessToken: string };
    /** Undefined: it is kept as a hash only. */
    reveal(id: number): string | undefined;
    /** Moves rows out of ACTIVE (or EXPIRED), each with its history. */
    retire(retirements: readonly Retirement[]): void;
    /** Sets when a row ends; recorded in its history. */
    setValidity(id: number, validityMs: number, at: Pick<Retirement, 'atMs' | 'realTimeMs' | 'reason'>): void;
    /** Counts a reuse: in memory, flushed at most once a second. */
    countReuse(id: number, realTimeMs: number): void;
    reuses(id: number): { readonly count: number; readonly lastAtMs: number | undefined };
    /** Oldest first; the first is its issue. */
    history(id: number): readonly HistoryRow[];
    /** All rows of the tuple, whatever binding reference and state, newest first, at most `limit`. */
    ofTuple(tuple: Omit<Tuple, 'bindingRef'>, limit: number): readonly TokenRow[];
    /** The same, ACTIVE and EXPIRED rows only: found at once, where `ofTuple` walks down a large store. */
    liveOrExpiredOfTuple(tuple: Omit<Tuple, 'bindingRef'>, limit: number): readonly TokenRow[];
    /** Newest first, at most `limit`; fewer when they are few and far between. */
    list(filter: TokenFilter, limit: number): Found<readonly TokenRow[]>;
    /** The same, ids only. */
    ids(filter: TokenFilter, limit: number): Found<readonly number[]>;
    /** How many there are among the newest; to be called again for the others. */
    countByState(filter: TokenFilter): Found<StateCounts>;
    /** Of all rows there are. */
    count(): number;
    /** All ACTIVE rows of these key sets, or of this user (application tokens by their owner included). */
    active(of: { readonly keySetIds: readonly number[] } | { readonly userId: number }): readonly TokenRow[];
    /** Per key set, user type and scope set, the newest ACTIVE or EXPIRED row of the user (reference 9). */
    newestLiveOrExpired(userId: number): readonly TokenRow[];
    countActive(keySetIds: readonly number[]): number;
    /**
     * Tokens of a filter that are retired since this real time or longer. Looks at some, from a place on in the order of
     * their retirement; 0 is its beginning.
     */
    retired(filter: TokenFilter, untilMs: number, place: number): RetiredPage;
    /** The last place there is. */
    newestPlace(): number;
    /** Deletes rows for good, with all that is only theirs. Their ids never come again. */
    purge(ids: readonly number[]): void;
    /**
     * Drops the values of some tokens that were kept when `tokenPersistence` became `hashed`; false when it is to be
     * called again, in the next transaction.
     */
    dropValues(): boolean;
  };
  readonly refreshTokens: {
    byId(id: number): RefreshTokenRow | undefined;
    byValue(refreshToken: string): RefreshTokenRow | undefined;
    insert(row: Omit<RefreshTokenRow, 'id' | 'tokenId' | 'keptAs'>): {
      readonly row: Pick<RefreshTokenRow, 'id'>;
      readonly refreshToken: string;
    };
    /** Names the newest access row that carries it. */
    attach(id: number, tokenId: number): void;
    /** Undefined: it is kept as a hash only. */
    reveal(id: number): string | undefined;
  };
  /** What an import writes of tokens: with the values that they have elsewhere, which stay valid. */
  readonly backup: {
    /** The id of a row to come. */
    takeId(kind: 'access' | 'refresh'): number;
    insertRefreshToken(row: Omit<RefreshTokenRow, 'keptAs'>, value: string): void;
    insertToken(row: Omit<TokenRow, 'keptAs'>, carried: CarriedToken): void;
    /** For when what is live changed place: values and consumer keys have other rows now. */
    forgetWhatWasRead(): void;
  };
  readonly settings: {
    /** Cached. */
    read(): Settings;
    write(settings: Settings): void;
  };
}
