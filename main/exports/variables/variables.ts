import type { SecretsMode } from '../../../preload/contract/snippets.ts';
import type { ExportSet } from '../../engine/ports/export.ts';
import { secretsOf, tokenVariables } from './secrets.ts';

/** A variable of an environment or of an API client. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly secret?: boolean;
}

const open = (name: string, value: string): Variable => ({ name, value });
const secret = (name: string, value: string): Variable => ({ name, value, secret: true });

/** Whether a call of the set needs a user, chosen or not. */
export const needsUser = ({ user, calls }: ExportSet): boolean =>
  user !== undefined || calls?.calls.some(({ grant }) => grant === 'password') === true;

/** Variables that calls of an application set or need: tokens, sign-in and URI templates. */
const ofCalls = ({ calls }: ExportSet): readonly Variable[] => {
  if (calls === undefined) return [];
  const { revokeUrl, introspectUrl, authorizeUrl, signIn, pathVariables } = calls;
  return [
    open('revokeUrl', revokeUrl),
    open('introspectUrl', introspectUrl),
    ...(signIn === undefined
      ? []
      : [
          open('authorizeUrl', authorizeUrl),
          open('redirectUri', signIn.callbackUrl),
          secret('code', ''),
          ...(signIn.pkce ? [secret('codeVerifier', '')] : []),
        ]),
    ...pathVariables.map((name) => open(name, '1')),
    secret('accessToken', ''),
    secret('refreshToken', ''),
  ];
};

/** The variables of a set for an API client. Under `env`, secrets are empty. The tokens of devices are last. */
export const variablesOf = (set: ExportSet, mode: SecretsMode): readonly Variable[] => {
  const { consumerSecret, password, tokens } = secretsOf(set, mode);
  return [
    open('baseUrl', set.baseUrl),
    open('tokenUrl', set.tokenUrl),
    open('apiUrl', set.apiCall.url),
    open('consumerKey', set.basic.consumerKey),
    secret('consumerSecret', consumerSecret),
    ...(needsUser(set) ? [open('username', set.user?.name ?? ''), secret('password', password)] : []),
    ...ofCalls(set),
    ...tokenVariables(set, 'camel').map((name, at) => secret(name, tokens[at] ?? '')),
  ];
};
