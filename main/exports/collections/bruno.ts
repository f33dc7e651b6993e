import type { ExportedFile } from '../../../preload/contract/exports.ts';
import type { SecretsMode } from '../../../preload/contract/snippets.ts';
import type { ExportedCall, ExportedDevice, ExportSet } from '../../engine/ports/export.ts';
import { envLine } from '../variables/env.ts';
import { uniqueNames } from '../variables/names.ts';
import { markOf, secretsOf, withoutTemplates } from '../variables/secrets.ts';
import { needsUser, variablesOf } from '../variables/variables.ts';
import { type Yaml, yamlText } from '../yaml.ts';
import { formOf, isOfApi, tokensOf, urlOf, withoutExchange } from './calls.ts';
import { titleOf } from './postman.ts';

const reference = (name: string): string => `{{${name}}}`;

const credentials = { clientId: '{{consumerKey}}', clientSecret: '{{consumerSecret}}', placement: 'basic_auth_header' };

/** One call with OAuth2. Bruno keeps tokens by this id, so each device needs its own. */
const requestOf = (set: ExportSet, { name, scope }: ExportedDevice, seq: number): Yaml => ({
  info: { name: `Call as ${name}`, type: 'http', seq },
  http: {
    method: 'GET',
    url: '{{apiUrl}}',
    auth: {
      type: 'oauth2',
      flow: set.user === undefined ? 'client_credentials' : 'resource_owner_password_credentials',
      accessTokenUrl: '{{tokenUrl}}',
      refreshTokenUrl: '{{tokenUrl}}',
      credentials,
      ...(set.user !== undefined && { resourceOwner: { username: '{{username}}', password: '{{password}}' } }),
      scope,
      tokenConfig: {
        id: [set.application, set.keyType, set.user?.name ?? 'application', scope].join('/'),
        placement: { header: 'Bearer' },
        source: 'access_token',
      },
      settings: { autoFetchToken: true, autoRefreshToken: set.user !== undefined },
    },
  },
});

const authOf: Readonly<Record<ExportedCall['auth'], Yaml>> = {
  basic: { type: 'basic', username: credentials.clientId, password: credentials.clientSecret },
  bearer: { type: 'bearer', token: '{{accessToken}}' },
  none: 'none',
};

/** A call in a file of its own. A token call keeps its tokens in memory only. */
const callOf = (call: ExportedCall, seq: number): Yaml => {
  const fields = formOf(call, reference);
  const tokens = tokensOf(call);
  return {
    info: { name: call.name, type: 'http', seq },
    http: {
      method: call.method,
      url: urlOf(call, reference),
      ...(fields.length > 0 && {
        body: { type: 'form-urlencoded', data: fields.map(({ name, value }) => ({ name, value })) },
      }),
      auth: authOf[call.auth],
    },
    ...(tokens.length > 0 && {
      runtime: {
        scripts: [
          {
            type: 'after-response',
            code: tokens.map(([variable, member]) => `bru.setVar("${variable}", res.body.${member});`).join('\n'),
          },
        ],
      },
    }),
  };
};

const signInOf = ({ application, keyType }: ExportSet, pkce: boolean, seq: number): Yaml => ({
  info: { name: 'Sign in, then call', type: 'http', seq },
  http: {
    method: 'GET',
    url: '{{apiUrl}}',
    auth: {
      ...{ type: 'oauth2', flow: 'authorization_code', authorizationUrl: '{{authorizeUrl}}' },
      ...{
        accessTokenUrl: '{{tokenUrl}}',
        refreshTokenUrl: '{{tokenUrl}}',
        callbackUrl: '{{redirectUri}}',
        credentials,
      },
      ...(pkce && { pkce: {} }),
      tokenConfig: {
        id: [application, keyType, 'sign-in'].join('/'),
        placement: { header: 'Bearer' },
        source: 'access_token',
      },
      settings: { autoFetchToken: true, autoRefreshToken: true },
    },
  },
});

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

/** One file for each call, in the order in which `bru run` takes them. */
const requestsOf = (set: ExportSet): readonly ExportedFile[] => {
  const { calls, devices } = set;
  const files = uniqueNames(
    devices.map(({ name }) => name.toLowerCase()),
    'call-',
  );
  const ofDevices = (first: number) =>
    devices.map((device, at) => ({
      name: `${files[at]}.yml`,
      text: yamlText(requestOf(set, device, first + at)),
    }));
  if (calls === undefined) return ofDevices(1);
  const all = withoutExchange(calls);
  const names = uniqueNames(
    all.map((call) => slugOf(isOfApi(call) ? `${call.group} ${call.name}` : call.name)),
    'request-',
  );
  const written = all.map((call, at) => ({
    name: `${names[at]}.yml`,
    text: yamlText(callOf(call, call.group === 'Revocation' ? all.length + devices.length + 2 : at + 1)),
  }));
  const { signIn } = calls;
  return [
    ...written,
    ...(signIn === undefined
      ? []
      : [{ name: 'sign-in.yml', text: yamlText(signInOf(set, signIn.pkce, all.length + 1)) }]),
    ...ofDevices(all.length + 2),
  ];
};

/** Calls set them, and an environment of the file would come first. */
const setByCalls = /^(?:accessToken|refreshToken|code)/;

/**
 * A collection in OpenCollection YAML. Bruno ignores the values of its secret variables in files, so they come from `.env`, or
 * people type them under `placeholder`.
 */
export const writeBruno = (set: ExportSet, mode: SecretsMode): readonly ExportedFile[] => {
  const { consumerSecret, password } = secretsOf(set, mode);
  const username = set.user?.name ?? '';
  withoutTemplates({ 'consumer secret': consumerSecret, password, username }, 'Bruno');
  const environment: Yaml = {
    name: 'keyfob',
    variables: variablesOf(set, mode)
      .filter(({ name }) => !setByCalls.test(name))
      .map(({ name, value, secret }): Yaml => {
        if (!secret) return { name, value };
        if (mode === 'placeholder') return { name, secret: true };
        return { name, value: `{{process.env.KEYFOB_${name === 'password' ? 'PASSWORD' : 'CONSUMER_SECRET'}}}` };
      }),
  };
  const env =
    markOf(mode) +
    envLine('KEYFOB_CONSUMER_SECRET', consumerSecret) +
    (needsUser(set) ? envLine('KEYFOB_PASSWORD', password) : '');
  return [
    {
      name: 'opencollection.yml',
      text: yamlText({ opencollection: '1.0.0', info: { name: titleOf(set) }, bundled: false, extensions: {} }),
    },
    { name: 'environments/keyfob.yml', text: yamlText(environment) },
    ...requestsOf(set),
    ...(mode === 'placeholder' ? [] : [{ name: mode === 'real' ? '.env' : '.env.example', text: env }]),
    { name: '.gitignore', text: '.env\n' },
  ];
};
