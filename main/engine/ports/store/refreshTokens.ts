import type { TokenPersistence } from '../../../../preload/contract/values.ts';

/** The sign-in behind a token. Both are null without one, and `sessionId` for tokens of earlier versions. */
export interface SignInOfToken {
  readonly authTimeMs: number | null;
  /** The `sid` of ID tokens. */
  readonly sessionId: string | null;
}

/** A refresh token. Several access rows may carry it in turn (rows 14, 15, 24, 26). */
export interface RefreshTokenRow extends SignInOfToken {
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
  insert(
    row: Omit<RefreshTokenRow, 'id' | 'tokenId' | 'persistence' | keyof SignInOfToken>,
    signIn?: SignInOfToken,
  ): {
    readonly row: Pick<RefreshTokenRow, 'id'>;
    readonly refreshToken: string;
  };
  /** Notes the newest sign-in that gave the token. */
  noteSignIn(id: number, signIn: SignInOfToken): void;
  /** Names the newest access row that carries it. */
  attach(id: number, tokenId: number): void;
  /** Undefined where only a hash is stored. */
  reveal(id: number): string | undefined;
}
