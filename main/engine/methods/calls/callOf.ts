import type { ParsedInputOf } from '../../../../preload/contract/define.ts';
import { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { Contract } from '../../../../preload/contract/index.ts';
import type { Server } from '../../../../preload/contract/servers.ts';
import type { Client } from '../../clients/client.ts';
import { badInput, notFound } from '../../errors.ts';
import type { Ports } from '../../ports/ports.ts';
import type { SnippetModel } from '../../ports/snippet.ts';
import type { TokenRow } from '../../ports/store/tokens.ts';
import type { UserRow } from '../../ports/store/users.ts';
import { findClient, findToken, findUser } from '../../references.ts';
import { deviceScope, splitScopes } from '../../scopeRules.ts';
import { tupleOf } from '../../tokens/issue.ts';
import { clientOfValid } from '../../tokens/lifetime.ts';
import { revealRefreshToken } from '../../tokens/tokenValues.ts';
import { displayName } from '../../usernames.ts';
import { forPerson, requestFor } from '../shared/issueForPerson.ts';
import { apiModel, defaultApiUrl } from './apiCall.ts';
import { addressesOf, serverApiModel, targetOf } from './target.ts';

/** The input that every method with a call takes. */
type Input = Omit<ParsedInputOf<Contract['snippets']['run']>, 'reveal'>;
type Form = SnippetModel['form'];

/** A call, and the token that it uses. */
export interface Call {
  readonly model: SnippetModel;
  readonly row?: TokenRow | undefined;
}

/** The resolved input of a call. */
interface CallRequest {
  readonly input: Input;
  readonly client: Client;
  readonly user: UserRow | undefined;
  readonly scope: string;
  /** Whether the call needs real secrets, or placeholders can replace missing ones. */
  readonly isReal: boolean;
  /** The server to call; undefined: this machine. */
  readonly server: Server | undefined;
}

/**
 * The call of an input. With `isReal`, it throws `not_found` without a live token and `refused` without a password.
 * Otherwise the missing values are empty.
 */
export const callOf = (ports: Ports, input: Input, isReal: boolean): Call => {
  const client = findClient(ports, input);
  return callOfRequest(ports, {
    input,
    client,
    server: targetOf(client, input.target),
    user: input.username === undefined ? undefined : findUser(ports, input.username, 'username'),
    scope: scopeOf(input),
    isReal,
  });
};

/** The requested scopes with the device's. */
export const scopeOf = ({ device, scope }: Pick<Input, 'device' | 'scope'>): string =>
  splitScopes(`${device === undefined ? '' : deviceScope(device)} ${scope}`).join(' ');

/** The credentials of a client, as a command sends them. */
export const basicOf = (
  { store }: Ports,
  { keySet: { consumerKey, id, server } }: Client,
): NonNullable<SnippetModel['basic']> => ({
  consumerKey,
  consumerSecret: store.keySets.revealSecret(id),
  ...(server !== null && { provided: true }),
});

const callOfRequest = (ports: Ports, request: CallRequest): Call => {
  const { input, client } = request;
  const { call, insecure } = input;
  const { tokenUrl, revokeUrl, introspectUrl, ...at } = addressesOf(ports, request);
  const post = {
    ...{ call, insecure, method: 'POST', ...at },
    basic: basicOf(ports, client),
  };
  switch (call) {
    case 'token':
      return { model: { ...post, url: tokenUrl, form: tokenForm(ports, request) } };
    case 'refresh': {
      const row = rowOf(ports, request);
      return {
        row,
        model: { ...post, url: tokenUrl, form: refreshForm(ports, request, row) },
      };
    }
    case 'revoke': {
      const row = rowOf(ports, request);
      return {
        row,
        model: { ...post, url: revokeUrl(), form: accessTokenForm(ports, request, row) },
      };
    }
    case 'introspect': {
      const row = rowOf(ports, request);
      return { row, model: { ...post, url: introspectUrl(), form: accessTokenForm(ports, request, row) } };
    }
    case 'api': {
      const { method, url } = input;
      const row = rowOf(ports, request);
      const token = accessToken(ports, request, row);
      const model =
        request.server === undefined
          ? apiModel(ports, url ?? defaultApiUrl(ports), token)
          : serverApiModel(ports, request.server, url, token);
      return { row, model: { ...model, insecure, method } };
    }
  }
};

const tokenForm = ({ store }: Ports, { user, scope, isReal }: CallRequest): Form => {
  const scopeField = scope === '' ? [] : [{ name: 'scope', value: scope }];
  if (user === undefined) return [{ name: 'grant_type', value: 'client_credentials' }, ...scopeField];
  const password = store.users.revealPassword(user.id);
  if (password === undefined && isReal) {
    throw new KeyfobError('refused', `${displayName(user)} has no password yet. Set one first.`);
  }
  return [
    { name: 'grant_type', value: 'password' },
    { name: 'username', value: displayName(user) },
    { name: 'password', value: password ?? '', secret: 'password' },
    ...scopeField,
  ];
};

const refreshForm = (ports: Ports, request: CallRequest, row: TokenRow | undefined): Form => {
  if (row?.refreshTokenId === null || (row === undefined && request.user === undefined)) {
    throw badInput('username', 'Application tokens have no refresh token. Name a user, or a token that has one.');
  }
  const ofServer = request.input.token ?? null;
  const ours = row === undefined ? '' : (revealRefreshToken(ports, row) ?? null);
  const value = request.server === undefined ? ours : ofServer;
  return [
    { name: 'grant_type', value: 'refresh_token' },
    { name: 'refresh_token', value, secret: 'refreshToken' },
  ];
};

const accessTokenForm = (ports: Ports, request: CallRequest, row: TokenRow | undefined): Form => [
  { name: 'token', value: accessToken(ports, request, row), secret: 'accessToken' },
];

/**
 * Empty without a token. Null for an unnamed token of a server, and for one that is stored as a hash and not named by its
 * value.
 */
const accessToken = ({ store }: Ports, { input, server }: CallRequest, row: TokenRow | undefined): string | null => {
  if (server !== undefined) return input.token ?? null;
  if (row === undefined) return '';
  const value = store.tokens.reveal(row.id);
  if (value !== undefined) return value;
  return input.token !== undefined && store.tokens.byValue(input.token)?.id === row.id ? input.token : null;
};

const searchedRows = 100;

/**
 * The named token, or the live one of the selection. Only real secrets need one: else a placeholder takes its place.
 */
const rowOf = (ports: Ports, { input, client, user, scope, isReal, server }: CallRequest): TokenRow | undefined => {
  if (server !== undefined) return undefined;
  if (input.token !== undefined) {
    const { row } = findToken(ports, input.token);
    if (row.keySetId === client.keySet.id) return row;
    throw badInput('token', 'This token belongs to other keys. Name their application and key type.');
  }
  const request = forPerson(ports, (context) => requestFor(ports, context, client, user, scope));
  const live = ports.store.tokens
    .liveOrExpiredOfTuple(tupleOf(request), searchedRows)
    .find((row) => clientOfValid(ports, row) !== undefined);
  if (live === undefined && isReal) {
    throw notFound('token', 'No live token matches this selection. Issue one first.');
  }
  return live;
};
