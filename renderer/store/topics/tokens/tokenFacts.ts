import type { Token } from '../../../../preload/contract/tokens.ts';

/** Whether a token can be revoked: its access token is active, or its refresh token may be. */
export const isLive = ({ state }: Pick<Token, 'state'>): boolean => state === 'ACTIVE' || state === 'EXPIRED';

/** The device of a token, or "token" and its id. */
export const deviceOf = ({ device, id }: Pick<Token, 'device' | 'id'>): string => device ?? `token ${id}`;

/** Whether a token with an ACTIVE row has expired, at this token time. */
export const isExpired = ({ expiresAtMs }: Pick<Token, 'expiresAtMs'>, nowMs: number): boolean =>
  expiresAtMs !== null && expiresAtMs <= nowMs;
