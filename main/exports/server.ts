import { toBase64 } from '../../preload/contract/base64.ts';
import type { ExportedApplication, ServerFormat, WriteApplication } from '../engine/ports/export.ts';
import { jsonText } from './json.ts';
import { markOf } from './variables/secrets.ts';
import { type Yaml, yamlText } from './yaml.ts';

type KeySet = ExportedApplication['keySets'][number];

const keyManager = 'Resident Key Manager';

/** API Manager 4.0 wants numbers here: texts are its error 900970. A negative number means never. */
const lifetimesOf = (keySet: KeySet) => ({
  application_access_token_expiry_time: keySet.applicationTokenValiditySeconds,
  user_access_token_expiry_time: keySet.userTokenValiditySeconds,
  refresh_token_expiry_time: keySet.refreshTokenValiditySeconds,
});

const keyOf = (keySet: KeySet, consumerSecret: string) => ({
  keyMappingId: '',
  keyManager,
  consumerKey: keySet.consumerKey,
  consumerSecret,
  supportedGrantTypes: [...keySet.grantTypes],
  callbackUrl: keySet.callbackUrl,
  keyState: 'APPROVED',
  keyType: keySet.keyType,
  mode: 'CREATED',
  groupId: '',
  token: { accessToken: '', tokenScopes: ['default'], validityTime: keySet.applicationTokenValiditySeconds },
  additionalProperties: {
    ...lifetimesOf(keySet),
    pkceMandatory: keySet.pkce === 'required',
    pkceSupportPlain: keySet.pkcePlain,
    bypassClientCredentials: keySet.publicClient,
  },
});

const infoOf = (
  { name, tier, description, owner, keySets, subscriptions }: ExportedApplication,
  keys: readonly Yaml[],
) => ({
  applicationId: '',
  name,
  throttlingPolicy: tier,
  description,
  tokenType: keySets.some(({ tokenFormat }) => tokenFormat !== 'opaque') ? 'JWT' : 'OAUTH',
  status: 'APPROVED',
  groups: [],
  subscriptionCount: subscriptions.length,
  keys: [...keys],
  attributes: {},
  owner,
  hashEnabled: false,
});

/** What API Manager's formats cannot hold of these keys, or hold in another way. */
const lossesOf = (
  { keySets, subscriptions }: ExportedApplication,
  format: ServerFormat,
  hasKeys: boolean,
): readonly string[] => [
  ...(hasKeys
    ? []
    : [
        'Consumer keys and secrets are left out, as apictl does without --with-keys. Choose real secrets or placeholders to include them.',
      ]),
  ...(hasKeys && keySets.some(({ allowedOrigins }) => allowedOrigins.length > 0)
    ? ['The allowed origins of the keys are left out: API Manager sets them for each API.']
    : []),
  ...(hasKeys && keySets.some(({ issueBehaviour }) => issueBehaviour !== 'reuse')
    ? ['The issue behaviour of the keys is left out: it follows from the version of API Manager.']
    : []),
  ...(keySets.some(({ server }) => server !== null)
    ? ['Keys of another server are written as keys of the server that imports them.']
    : []),
  ...(subscriptions.length > 0
    ? [
        format === 'apictl'
          ? 'A server skips subscriptions to APIs that it does not have. Their provider is written as admin.'
          : 'Subscriptions are left out: the portal has them at another address.',
      ]
    : []),
  'Tokens, devices and users are left out: the format has no place for them.',
];

/**
 * Writes an application as the folder of `apictl export app` (API Manager 4.2 and later), or as JSON of the developer
 * portal. Secrets are base64 in the first, and plain in the second.
 */
export const writeApplication: WriteApplication = (application, format, secrets) => {
  const hasKeys = secrets !== 'env' && application.keySets.length > 0;
  const secretOf = ({ consumerSecret }: KeySet) => (secrets === 'real' ? consumerSecret : 'YOUR_CONSUMER_SECRET');
  const keySets = hasKeys ? application.keySets : [];
  const isForm = hasKeys && secrets === 'placeholder';
  const losses = lossesOf(application, format, hasKeys);
  if (format === 'devportal') {
    const keys = keySets.map((keySet) => keyOf(keySet, secretOf(keySet)));
    return {
      files: [{ name: 'application.json', text: jsonText(infoOf(application, keys)) }],
      toFillIn: isForm ? ['Replace the placeholders with the secrets.'] : [],
      notes: losses,
    };
  }
  const keys = keySets.map((keySet) =>
    keyOf(keySet, secrets === 'real' ? toBase64(secretOf(keySet)) : secretOf(keySet)),
  );
  const { name, owner } = application;
  const document = {
    type: 'application',
    version: 'v4.2.0',
    data: {
      applicationInfo: infoOf(application, keys),
      subscribedAPIs: application.subscriptions.map(({ api, version, tier }) => ({
        apiId: { providerName: 'admin', apiName: api, version },
        subscriber: owner,
        throttlingPolicy: tier,
      })),
    },
  };
  // Apictl's own file says to skip the keys.
  const meta = {
    ...{ name, owner },
    deploy: { import: { update: true, preserveOwner: true, skipSubscriptions: false, skipKeys: !hasKeys } },
  };
  return {
    files: [
      { name: 'application.yaml', text: markOf(hasKeys ? secrets : 'env') + yamlText(document) },
      { name: 'application_meta.yaml', text: yamlText(meta) },
    ],
    toFillIn: isForm ? ['Replace the placeholders with base64 of the secrets.'] : [],
    notes: [
      'Import it with `apictl import app -f <folder> -e <environment>`: apictl takes the folder, or a zip of it.',
      'Written for API Manager 4.2 and later. Older versions create new keys or change the secret.',
      ...losses,
    ],
  };
};
