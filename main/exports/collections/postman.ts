import type { ExportedFile } from '../../../preload/contract/exports.ts';
import type { SecretsMode } from '../../../preload/contract/snippets.ts';
import type { ExportedCall, ExportedDevice, ExportSet } from '../../engine/ports/export.ts';
import { tokenForm } from '../form.ts';
import { jsonText } from '../json.ts';
import { secretsOf, tokenVariables, withoutTemplates } from '../variables/secrets.ts';
import { variablesOf } from '../variables/variables.ts';
import { formOf, groupsOf, tokensOf, urlOf, withoutExchange } from './calls.ts';

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** The title of a collection. */
export const titleOf = ({ application, keyType }: ExportSet): string => `Keyfob: ${application}, ${keyType}`;

const reference = (name: string): string => `{{${name}}}`;

const texts = (entries: readonly (readonly [string, string])[]) =>
  entries.map(([key, value]) => ({ key, value, type: 'string' }));

const basic = {
  type: 'basic',
  basic: texts([
    ['username', '{{consumerKey}}'],
    ['password', '{{consumerSecret}}'],
  ]),
};
const bearer = (variable: string) => ({ type: 'bearer', bearer: texts([['token', reference(variable)]]) });
const authOf = { basic, bearer: bearer('accessToken'), none: { type: 'noauth' } } as const;

const formBody = (fields: readonly { readonly name: string; readonly value: string }[]) => ({
  mode: 'urlencoded',
  urlencoded: fields.map(({ name: key, value }) => ({ key, value, type: 'text' })),
});

/** Keeps the tokens of a reply for the calls below. */
const keeping = (tokens: readonly (readonly [variable: string, member: string])[]) => [
  {
    listen: 'test',
    script: {
      type: 'text/javascript',
      exec: tokens.map(([variable, member]) => `pm.environment.set("${variable}", pm.response.json().${member});`),
    },
  },
];

const deviceItems = (set: ExportSet, device: ExportedDevice, variable: string) => [
  {
    name: `Token of ${device.name}`,
    event: keeping([[variable, 'access_token']]),
    request: {
      ...{ method: 'POST', url: '{{tokenUrl}}', header: [], auth: basic },
      body: formBody(
        tokenForm(set, device).map(({ name, value }) => ({
          name,
          value: name === 'username' || name === 'password' ? reference(name) : (value ?? ''),
        })),
      ),
    },
  },
  {
    name: `Call as ${device.name}`,
    request: { method: 'GET', url: '{{apiUrl}}', header: [], auth: bearer(variable) },
  },
];

const callItem = (call: ExportedCall) => {
  const tokens = tokensOf(call);
  const fields = formOf(call, reference);
  return {
    name: call.name,
    ...(tokens.length > 0 && { event: keeping(tokens) }),
    request: {
      ...{ method: call.method, url: urlOf(call, reference), header: [], auth: authOf[call.auth] },
      ...(fields.length > 0 && { body: formBody(fields) }),
    },
  };
};

/** A call for which Postman signs a person in. */
const signInItem = (pkce: boolean) => ({
  name: 'Sign in, then call',
  request: {
    ...{ method: 'GET', url: '{{apiUrl}}', header: [] },
    auth: {
      type: 'oauth2',
      oauth2: texts([
        ['grant_type', pkce ? 'authorization_code_with_pkce' : 'authorization_code'],
        ['authUrl', '{{authorizeUrl}}'],
        ['accessTokenUrl', '{{tokenUrl}}'],
        ['redirect_uri', '{{redirectUri}}'],
        ['clientId', '{{consumerKey}}'],
        ['clientSecret', '{{consumerSecret}}'],
        ['client_authentication', 'header'],
        ['addTokenTo', 'header'],
        ...(pkce ? ([['challengeAlgorithm', 'S256']] as const) : []),
      ]),
    },
  },
});

const itemsOf = ({ calls, ...set }: ExportSet) => {
  const variables = tokenVariables(set, 'camel');
  const devices = set.devices.flatMap((device, at) => deviceItems(set, device, variables[at] ?? ''));
  if (calls === undefined) return devices;
  const folders = [...groupsOf(withoutExchange(calls))].map(([name, group]) => ({ name, item: group.map(callItem) }));
  const last = folders.splice(-1);
  return [
    ...folders,
    ...(calls.signIn === undefined ? [] : [{ name: 'Sign-in', item: [signInItem(calls.signIn.pkce)] }]),
    ...(devices.length === 0 ? [] : [{ name: 'Devices', item: devices }]),
    ...last,
  ];
};

/** A collection and its environment. Secrets are in the environment only: a collection cannot mask them. */
export const writePostman = (set: ExportSet, mode: SecretsMode): readonly ExportedFile[] => {
  const { consumerSecret, password } = secretsOf(set, mode);
  withoutTemplates({ 'consumer secret': consumerSecret, password, username: set.user?.name ?? '' }, 'Postman');
  const name = titleOf(set);
  const environment = {
    // People share files, and a name is all that Postman shows of this one.
    name: mode === 'real' ? `${name} (real secrets)` : name,
    values: variablesOf(set, mode).map(({ name: key, value, secret }) => ({
      ...{ key, value },
      type: secret ? 'secret' : 'default',
      enabled: true,
    })),
    _postman_variable_scope: 'environment',
  };
  return [
    { name: 'keyfob.postman_environment.json', text: jsonText(environment) },
    { name: 'keyfob.postman_collection.json', text: jsonText({ info: { name, schema }, item: itemsOf(set) }) },
  ];
};
