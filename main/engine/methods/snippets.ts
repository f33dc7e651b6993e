import type { ParsedInputOf } from '../../../preload/contract/define.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Contract, Handlers } from '../../../preload/contract/index.ts';
import type { Client } from '../clients/client.ts';
import { badInput, notFound } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { SnippetModel } from '../ports/snippet.ts';
import type { TokenRow } from '../ports/tokenStore.ts';
import type { UserRow } from '../ports/userStore.ts';
import { findClient, findToken, findUser } from '../references.ts';
import { deviceScope, splitScopes } from '../scopeRules.ts';
import { tupleOf } from '../tokens/issue.ts';
import { clientOfValid } from '../tokens/lifetime.ts';
import { revealRefreshToken } from '../tokens/tokenValues.ts';
import { displayName } from '../usernames.ts';
import { forPerson, requestFor } from './issueForPerson.ts';

type Input = ParsedInputOf<Contract['snippets']['render']>;
type Form = SnippetModel['form'];

/** A call, and the token that it is about, where there is one. */
interface Call {
  readonly model: SnippetModel;
  readonly row?: TokenRow | undefined;
}

/** What a call is written from. */
interface Wanted {
  readonly input: Input;
  readonly client: Client;
  readonly user: UserRow | undefined;
  readonly scope: string;
}

export const snippetHandlers = (ports: Ports): Handlers['snippets'] => ({
  render: (input) => {
    const wanted: Wanted = {
      input,
      client: findClient(ports, input),
      user: input.username === undefined ? undefined : findUser(ports, input.username, 'username'),
      scope: splitScopes(`${input.device === undefined ? '' : deviceScope(input.device)} ${input.scope}`).join(' '),
    };
    const { model, row } = callOf(ports, wanted);
    const { notes, secrets, ...written } = ports.renderSnippet(model, input.shell, input.secrets);
    return {
      ...written,
      notes: [...notes],
      secrets: [...secrets],
      ...(row !== undefined && { tokenId: row.id }),
    };
  },
});

const callOf = (ports: Ports, wanted: Wanted): Call => {
  const { input, client } = wanted;
  const { consumerKey, id } = client.keySet;
  const status = ports.endpoint.status();
  const { call, insecure } = input;
  const { caFile } = status;
  const post = {
    ...{ call, insecure, caFile, method: 'POST', direct: true },
    basic: { consumerKey, consumerSecret: ports.store.keySets.revealSecret(id) },
  };
  // Written before the endpoint runs, a call names the port it will have.
  const origin = `https://localhost:${ports.store.settings.read().port}`;
  switch (call) {
    case 'token':
      return { model: { ...post, url: status.tokenUrl ?? `${origin}/token`, form: tokenForm(ports, wanted) } };
    case 'refresh': {
      const row = rowOf(ports, wanted);
      return {
        row,
        model: { ...post, url: status.tokenUrl ?? `${origin}/token`, form: refreshForm(ports, wanted, row) },
      };
    }
    case 'revoke': {
      const row = rowOf(ports, wanted);
      return {
        row,
        model: { ...post, url: status.revokeUrl ?? `${origin}/revoke`, form: accessTokenForm(ports, row) },
      };
    }
    case 'introspect': {
      const row = rowOf(ports, wanted);
      const url = status.introspectUrl ?? `${origin}/oauth2/introspect`;
      return { row, model: { ...post, url, form: accessTokenForm(ports, row) } };
    }
    case 'api': {
      const { method, url } = input;
      if (url === undefined) throw badInput('url', 'Name the URL of the API to call.');
      const row = rowOf(ports, wanted);
      const bearer = accessToken(ports, row);
      const host = hostOf(url);
      const ours = isOurs(ports, host);
      const direct = ours || /^127\.|\.localhost$/.test(host);
      return { row, model: { call, insecure, method, url, form: [], ...(ours && { caFile }), bearer, direct } };
    }
  }
};

/** In lower case, an IPv6 address without brackets. */
const hostOf = (url: string): string => {
  const host = /^https?:\/\/(?:[^/?#]*@)?(?:\[([^\]]+)\]|([^/?#:]+))/i.exec(url);
  return (host?.[1] ?? host?.[2] ?? '').toLowerCase();
};

/** Whether our authority vouches for the host: curl told to trust ours trusts no other. */
const isOurs = ({ store }: Ports, host: string): boolean =>
  ['localhost', '127.0.0.1', '::1', ...store.settings.read().extraNames].some((own) => own.toLowerCase() === host);

const tokenForm = ({ store }: Ports, { input, user, scope }: Wanted): Form => {
  const scopeField = scope === '' ? [] : [{ name: 'scope', value: scope }];
  if (user === undefined) return [{ name: 'grant_type', value: 'client_credentials' }, ...scopeField];
  const password = store.users.revealPassword(user.id);
  if (password === undefined && input.secrets === 'real') {
    throw new KeyfobError('refused', `${displayName(user)} has no password to write down; set one first.`);
  }
  return [
    { name: 'grant_type', value: 'password' },
    { name: 'username', value: displayName(user) },
    { name: 'password', value: password ?? '', secret: 'password' },
    ...scopeField,
  ];
};

const refreshForm = (ports: Ports, wanted: Wanted, row: TokenRow | undefined): Form => {
  if (row?.refreshTokenId === null || (row === undefined && wanted.user === undefined)) {
    throw badInput('username', 'Application tokens have no refresh token; name a user, or a token that has one.');
  }
  const value = row === undefined ? '' : (revealRefreshToken(ports, row) ?? null);
  return [
    { name: 'grant_type', value: 'refresh_token' },
    { name: 'refresh_token', value, secret: 'refreshToken' },
  ];
};

const accessTokenForm = (ports: Ports, row: TokenRow | undefined): Form => [
  { name: 'token', value: accessToken(ports, row), secret: 'accessToken' },
];

/** Empty where there is no token yet, null where its value is not kept. */
const accessToken = (ports: Ports, row: TokenRow | undefined): string | null =>
  row === undefined ? '' : (ports.store.tokens.reveal(row.id) ?? null);

const searchedRows = 100;

/** The token named, else the live one of the selection. None is needed where a placeholder stands for it. */
const rowOf = (ports: Ports, { input, client, user, scope }: Wanted): TokenRow | undefined => {
  if (input.token !== undefined) {
    const { row } = findToken(ports, input.token);
    if (row.keySetId === client.keySet.id) return row;
    throw badInput('token', 'This token was issued to other keys; name their application and key type.');
  }
  const request = forPerson(ports, (context) => requestFor(ports, context, client, user, scope));
  const live = ports.store.tokens
    .liveOrExpiredOfTuple(tupleOf(request), searchedRows)
    .find((row) => clientOfValid(ports, row) !== undefined);
  if (live === undefined && input.secrets === 'real') {
    throw notFound('token', 'There is no live token for this selection; issue one first.');
  }
  return live;
};
