import type { Token } from '../../../preload/contract/tokens.ts';
import { keyTypeLooks } from './keyTypes.ts';

/** What every application token has beside the scopes that were asked for. */
const implied = ['am_application_scope', 'default'];

/** The scopes of a token that somebody asked for, in order. */
export const askedScopes = (scope: string): readonly string[] =>
  scope.split(' ').filter((name) => name !== '' && !implied.includes(name));

/** A token in a few words, for a list of those that die: "Token 12 · Sandbox · user ann · ipad". */
export function tokenWords({ id, keyType, userType, user, device, scope }: Token): string {
  const bearer = userType === 'APPLICATION' ? 'application token' : `user ${user}`;
  const what = device ?? askedScopes(scope).join(' ');
  return [`Token ${id}`, keyTypeLooks[keyType].label, bearer, what].filter((part) => part !== '').join(' · ');
}
