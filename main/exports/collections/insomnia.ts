import type { ExportedFile } from '../../../preload/contract/exports.ts';
import type { SecretsMode } from '../../../preload/contract/snippets.ts';
import type { ExportedCall, ExportSet } from '../../engine/ports/export.ts';
import { uniqueNames } from '../variables/names.ts';
import { markOf, secretsOf, withoutTemplates } from '../variables/secrets.ts';
import { variablesOf } from '../variables/variables.ts';
import { type Yaml, yamlText } from '../yaml.ts';
import { formOf, groupsOf, tokensOf, urlOf, withoutExchange } from './calls.ts';
import { titleOf } from './postman.ts';

const reference = (name: string): string => `{{ _.${name} }}`;

const client = { clientId: reference('consumerKey'), clientSecret: reference('consumerSecret') };

const authOf: Readonly<Record<ExportedCall['auth'], Yaml>> = {
  basic: { type: 'basic', username: client.clientId, password: client.clientSecret },
  bearer: { type: 'bearer', token: reference('accessToken') },
  none: { type: 'none' },
};

const keeping = (call: ExportedCall): Yaml => ({
  afterResponse: tokensOf(call)
    .map(([variable, member]) => `insomnia.environment.set("${variable}", insomnia.response.json().${member});`)
    .join('\n'),
});

const form = 'application/x-www-form-urlencoded';

const callRequest = (call: ExportedCall): { readonly [key: string]: Yaml } => {
  const params = formOf(call, reference);
  return {
    name: call.name,
    url: urlOf(call, reference),
    method: call.method,
    ...(params.length > 0 && {
      body: { mimeType: form, params: params.map(({ name, value }) => ({ name, value })) },
      headers: [{ name: 'Content-Type', value: form }],
    }),
    authentication: authOf[call.auth],
    ...(tokensOf(call).length > 0 && { scripts: keeping(call) }),
  };
};

const signedIn = (pkce: boolean): { readonly [key: string]: Yaml } => ({
  name: 'Sign in, then call',
  url: reference('apiUrl'),
  method: 'GET',
  authentication: {
    ...{ type: 'oauth2', grantType: 'authorization_code', authorizationUrl: reference('authorizeUrl') },
    ...{ accessTokenUrl: reference('tokenUrl'), ...client, redirectUrl: reference('redirectUri') },
    ...(pkce && { usePkce: true, pkceMethod: 'S256' }),
    credentialsInBody: false,
  },
});

/** The calls by folder. Ids must differ within the file. */
const foldersOf = ({ calls }: ExportSet, devices: readonly Yaml[]): readonly Yaml[] => {
  if (calls === undefined) return devices;
  const groups = [...groupsOf(withoutExchange(calls))].map(([name, group]) => ({
    name,
    children: group.map(callRequest),
  }));
  const last = groups.splice(-1);
  const all = [
    ...groups,
    ...(calls.signIn === undefined ? [] : [{ name: 'Sign-in', children: [signedIn(calls.signIn.pkce)] }]),
    ...(devices.length === 0 ? [] : [{ name: 'Devices', children: devices }]),
    ...last,
  ];
  return all.map(({ name, children }, at) => ({
    name,
    meta: { id: `fld_keyfob_${at + 1}`, sortKey: at },
    children: children.map((one, place) =>
      typeof one === 'object' && 'meta' in one
        ? one
        : {
            ...(one as { readonly [key: string]: Yaml }),
            meta: { id: `req_keyfob_${at + 1}_${place + 1}`, sortKey: place },
          },
    ),
  }));
};

/** A collection for Insomnia 11 and later. Insomnia keeps one token per request, so each device has its own request. */
export const writeInsomnia = (set: ExportSet, mode: SecretsMode): ExportedFile => {
  const { consumerSecret, password } = secretsOf(set, mode);
  withoutTemplates({ 'consumer secret': consumerSecret, password, username: set.user?.name ?? '' }, 'Insomnia');
  const names = set.devices.map(({ name }) => name);
  const ids = uniqueNames(names, 'req_keyfob_');
  const [workspace = ''] = uniqueNames([`${set.application}_${set.keyType}`], 'keyfob_');
  const devices = set.devices.map(({ name, scope }, at) => ({
    name: `Call as ${name}`,
    meta: { id: ids[at] ?? '' },
    url: reference('apiUrl'),
    method: 'GET',
    authentication: {
      type: 'oauth2',
      grantType: set.user === undefined ? 'client_credentials' : 'password',
      accessTokenUrl: reference('tokenUrl'),
      ...client,
      ...(set.user !== undefined && { username: reference('username'), password: reference('password') }),
      scope,
      credentialsInBody: false,
    },
  }));
  const text = yamlText({
    type: 'collection.insomnia.rest/5.0',
    schema_version: '5.1',
    name: titleOf(set),
    meta: { id: `wrk_${workspace}` },
    collection: foldersOf(set, devices),
    environments: {
      name: 'Base',
      meta: { id: `env_${workspace}` },
      data: Object.fromEntries(variablesOf({ ...set, devices: [] }, mode).map(({ name, value }) => [name, value])),
    },
    certificates: [{ path: 'ca.pem' }],
  });
  return { name: 'keyfob.insomnia.yaml', text: markOf(mode) + text };
};
