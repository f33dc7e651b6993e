import type { GrantType, TokenState, UserType } from '../../../../preload/contract/values.ts';

/** A search for token rows. A row must match every condition. */
export interface TokenFilter {
  readonly keySetIds?: readonly number[] | undefined;
  readonly userId?: number | undefined;
  readonly state?: TokenState | undefined;
  readonly userType?: UserType | undefined;
  readonly grantType?: GrantType | undefined;
  /** The token has each of these scopes. */
  readonly scopes?: readonly string[] | undefined;
  /** Whether the scopes name exactly one device. */
  readonly forDevice?: boolean | undefined;
  /** Expires after this token time, or never. */
  readonly expiresAfterMs?: number | undefined;
  /** Expires at or before this token time. */
  readonly expiresUntilMs?: number | undefined;
  readonly neverExpires?: true | undefined;
  /** The row matches each word. */
  readonly words?: readonly SearchWord[] | undefined;
  /** Rows older than this id only. */
  readonly beforeId?: number | undefined;
}

/** A search word. It matches a row by its scopes, its id, or one of these key sets or users. */
export interface SearchWord {
  /** In lower case. */
  readonly text: string;
  readonly keySetIds: readonly number[];
  readonly userIds: readonly number[];
}

/** A token with its place in an order. */
export interface PlacedToken {
  readonly id: number;
  /** Milliseconds. */
  readonly at: number;
}

/** The results of one step of a search. Steps are short, so that other calls can run between them. */
export interface Found<T> {
  readonly found: T;
  /** Search on among the rows older than this id; undefined when the search is complete. */
  readonly olderThanId: number | undefined;
}

/** A batch of retired tokens, in the order of retirement. */
export interface RetiredPage {
  readonly ids: readonly number[];
  /** Where the next batch starts; undefined after the last one. */
  readonly nextPlace: number | undefined;
}
