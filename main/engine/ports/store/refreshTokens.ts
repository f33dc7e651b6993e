import type { TokenPersistence } from '../../../../preload/contract/values.ts';

/** A refresh token. Several access rows may carry it in turn (rows 14, 15, 24, 26). */
export interface RefreshTokenRow {
  readonly id: number;
  readonly keySetId: number;
  /** The newest access token row that carries it. */
  readonly tokenId: number;
  readonly issuedAtMs: number;
  /** Negative: never expires. */
  readonly validityMs: number;
  readonly persistence: TokenPersistence;
}

export interface RefreshTokenStore {
  byId(id: number): RefreshTokenRow | undefined;
  byValue(refreshToken: string): RefreshTokenRow | undefined;
  insert(row: Omit<RefreshTokenRow, 'id' | 'tokenId' | 'persistence'>): {
    readonly row: Pick<RefreshTokenRow, 'id'>;
    readonly refreshToken: string;
  };
  /** Names the newest access row that carries it. */
  attach(id: number, tokenId: number): void;
  /** Undefined where only a hash is stored. */
  reveal(id: number): string | undefined;
}
