import type { Reason } from '../../../../preload/contract/audit.ts';
import type { RefreshTokenRow } from './refreshTokens.ts';
import type { HistoryRow, TokenRow } from './tokens.ts';

/** The data that an imported token has in addition to its row. */
export interface CarriedToken {
  readonly value: string;
  /** Of its issue. */
  readonly reason: Reason;
  /** Its changes after the issue, oldest first. */
  readonly history: readonly HistoryRow[];
  /** When it was imported. A purge takes this as the time of its retirement. */
  readonly realTimeMs: number;
  readonly reuses: { readonly count: number; readonly lastAtMs: number } | undefined;
}

/** Writes imported tokens with their existing values, which stay valid. */
export interface BackupStore {
  /** Reserves the id of a row to insert. */
  takeId(kind: 'access' | 'refresh'): number;
  insertRefreshToken(row: Omit<RefreshTokenRow, 'persistence'>, value: string): void;
  insertToken(row: Omit<TokenRow, 'persistence'>, carried: CarriedToken): void;
  /** Drops the caches after an import moved values and consumer keys to other rows. */
  dropCaches(): void;
}
