import type { Token } from '../../../preload/contract/tokens.ts';
import type { KeyType, UserType } from '../../../preload/contract/values.ts';

export const keyTypeNames: Readonly<Record<KeyType, string>> = { PRODUCTION: 'Production', SANDBOX: 'Sandbox' };

export const kindNames: Readonly<Record<UserType, string>> = {
  APPLICATION: 'application token',
  APPLICATION_USER: 'user token',
};

/** Scopes that every token of its kind has, which tell nothing of this one. */
const usual = new Set(['am_application_scope', 'default']);

const tellingScopes = (scope: string): string =>
  scope
    .split(' ')
    .filter((one) => one !== '' && !usual.has(one))
    .join(' ');

/** What a token is for, shortly: its device, or its scopes; of these those that tell something, where there are any. */
export const purposeOf = ({ device, scope }: Token): string => device ?? (tellingScopes(scope) || scope);

/** A token in a line, so that a person knows which: "Token 12: ipad, ann, Shop (Production)". */
export const nameOf = (token: Token): string =>
  `Token ${token.id}: ${token.device ?? (tellingScopes(token.scope) || kindNames[token.userType])}, ${token.user}, ${token.application} (${keyTypeNames[token.keyType]})`;

/** Its scopes beside the one of its device and those that are always there. */
export const furtherScopes = ({ scope, device }: Token): string =>
  scope
    .split(' ')
    .filter((one) => !usual.has(one) && one !== `device_${device}`)
    .join(' ');

/** What can be revoked: the access token lives, or its refresh token may. */
export const isLive = ({ state }: Token): boolean => state === 'ACTIVE' || state === 'EXPIRED';

/** Whether its end has passed, though nothing has retired it. Token time. */
export const isOverdue = ({ state, expiresAtMs }: Token, nowMs: number): boolean =>
  state === 'ACTIVE' && expiresAtMs !== null && expiresAtMs <= nowMs;
