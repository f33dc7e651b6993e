import type { Token } from '../../../preload/contract/tokens.ts';
import { keyTypeLooks } from './keyTypes.ts';

/** The scopes that the engine adds to every application token. */
const implied = ['am_application_scope', 'default'];

/** The requested scopes of a token, sorted. */
export const askedScopes = (scope: string): readonly string[] =>
  scope.split(' ').filter((name) => name !== '' && !implied.includes(name));

/** Describes a token that will be revoked: "Token 12 · Sandbox · user ann · ipad". */
export function tokenWords({ id, keyType, userType, user, device, scope }: Token): string {
  const bearer = userType === 'APPLICATION' ? 'application token' : `user ${user}`;
  const what = device ?? askedScopes(scope).join(' ');
  return [`Token ${id}`, keyTypeLooks[keyType].label, bearer, what].filter((part) => part !== '').join(' · ');
}
