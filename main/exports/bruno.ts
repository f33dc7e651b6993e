import type { ExportedFile } from '../../preload/contract/exports.ts';
import type { SecretsMode } from '../../preload/contract/snippets.ts';
import type { ExportedDevice, ExportSet } from '../engine/ports/export.ts';
import { envLine } from './env.ts';
import { uniqueNames } from './names.ts';
import { titleOf } from './postman.ts';
import { secretsOf, withoutTemplates } from './secrets.ts';
import { type Yaml, yamlText } from './yaml.ts';

/** One call with OAuth2. Bruno keeps tokens by this id, so each device needs its own. */
const requestOf = (set: ExportSet, { name, scope }: ExportedDevice, at: number): Yaml => ({
  info: { name: `Call as ${name}`, type: 'http', seq: at + 1 },
  http: {
    method: 'GET',
    url: '{{apiUrl}}',
    auth: {
      type: 'oauth2',
      flow: set.user === undefined ? 'client_credentials' : 'resource_owner_password_credentials',
      accessTokenUrl: '{{tokenUrl}}',
      refreshTokenUrl: '{{tokenUrl}}',
      credentials: {
        clientId: '{{consumerKey}}',
        clientSecret: '{{consumerSecret}}',
        placement: 'basic_auth_header',
      },
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

/**
 * A collection in OpenCollection YAML. Bruno ignores the values of its secret variables in files, so they come from `.env`, or
 * people type them under `placeholder`.
 */
export const writeBruno = (set: ExportSet, mode: SecretsMode): readonly ExportedFile[] => {
  const { consumerSecret, password } = secretsOf(set, mode);
  const username = set.user?.name ?? '';
  withoutTemplates({ 'consumer secret': consumerSecret, password, username }, 'Bruno');
  const variable = (name: string, value: string): Yaml => ({ name, value });
  const secret = (name: string, inEnvironment: string): Yaml =>
    mode === 'placeholder' ? { name, secret: true } : variable(name, `{{process.env.${inEnvironment}}}`);
  const files = uniqueNames(
    set.devices.map(({ name }) => name.toLowerCase()),
    'call-',
  );
  const environment: Yaml = {
    name: 'keyfob',
    variables: [
      variable('tokenUrl', set.tokenUrl),
      variable('apiUrl', set.apiCall.url),
      variable('consumerKey', set.basic.consumerKey),
      secret('consumerSecret', 'KEYFOB_CONSUMER_SECRET'),
      ...(set.user === undefined ? [] : [variable('username', username), secret('password', 'KEYFOB_PASSWORD')]),
    ],
  };
  const env =
    envLine('KEYFOB_CONSUMER_SECRET', consumerSecret) +
    (set.user === undefined ? '' : envLine('KEYFOB_PASSWORD', password));
  return [
    {
      name: 'opencollection.yml',
      text: yamlText({ opencollection: '1.0.0', info: { name: titleOf(set) }, bundled: false, extensions: {} }),
    },
    { name: 'environments/keyfob.yml', text: yamlText(environment) },
    ...set.devices.map((device, at) => ({
      name: `${files[at]}.yml`,
      text: yamlText(requestOf(set, device, at)),
    })),
    ...(mode === 'placeholder' ? [] : [{ name: mode === 'real' ? '.env' : '.env.example', text: env }]),
    { name: '.gitignore', text: '.env\n' },
  ];
};
