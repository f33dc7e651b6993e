import type { Token } from '../../../preload/contract/tokens.ts';
import type { UserType } from '../../../preload/contract/values.ts';
import { keyTypeNames } from '../../ui/facts/keyTypeNames.ts';

export const kindNames: Readonly<Record<UserType, string>> = {
  APPLICATION: 'application token',
  APPLICATION_USER: 'user token',
};

/** Scopes that every token of a kind has. */
const usual = new Set(['am_application_scope', 'default']);

const tellingScopes = (scope: string): string =>
  scope
    .split(' ')
    .filter((one) => one !== '' && !usual.has(one))
    .join(' ');

/** A token's device, or its scopes without the usual ones, where others exist. */
export const purposeOf = ({ device, scope }: Token): string => device ?? (tellingScopes(scope) || scope);

/** Identifies a token in one line: "Token 12: ipad, ann, Shop (Production)". */
export const nameOf = (token: Token): string =>
  `Token ${token.id}: ${token.device ?? (tellingScopes(token.scope) || kindNames[token.userType])}, ${token.user}, ${token.application} (${keyTypeNames[token.keyType]})`;

/** Whether an ACTIVE row's token has expired. Token time. */
export const isOverdue = ({ state, expiresAtMs }: Token, nowMs: number): boolean =>
  state === 'ACTIVE' && expiresAtMs !== null && expiresAtMs <= nowMs;
