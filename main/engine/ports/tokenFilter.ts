import type { GrantType, TokenState, UserType } from '../../../preload/contract/values.ts';

/** Which rows of tokens are searched for: those that all of it is true of. */
export interface TokenFilter {
  readonly keySetIds?: readonly number[] | undefined;
  readonly userId?: number | undefined;
  readonly state?: TokenState | undefined;
  readonly userType?: UserType | undefined;
  readonly grantType?: GrantType | undefined;
  /** Tokens whose scopes hold each of these. */
  readonly scopes?: readonly string[] | undefined;
  /** Whether the scopes name exactly one device. */
  readonly forDevice?: boolean | undefined;
  /** Ends after this token time, or never. */
  readonly endsAfterMs?: number | undefined;
  /** Ends at this token time, or before. */
  readonly endsUntilMs?: number | undefined;
  readonly neverEnds?: true | undefined;
  /** Each of them is found in the row. */
  readonly words?: readonly SearchWord[] | undefined;
  /** Rows older than this id only. */
  readonly beforeId?: number | undefined;
}

/** A word to search for: it is in the scopes, or is the row's id, or the row has one of these key sets or users. */
export interface SearchWord {
  /** In lower case. */
  readonly text: string;
  readonly keySetIds: readonly number[];
  readonly userIds: readonly number[];
}

/** What was found before the search stopped, as it must not hold up others. */
export interface Found<T> {
  readonly found: T;
  /** There may be more among the rows older than this one; undefined: that was all. */
  readonly olderThanId: number | undefined;
}

/** Some of the retired tokens, in the order of their retirement. */
export interface RetiredPage {
  readonly ids: readonly number[];
  /** To go on from; undefined: all that is old enough was looked at. */
  readonly nextPlace: number | undefined;
}
