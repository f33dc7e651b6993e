import { z } from 'zod';
import { apiRef, apiResource, apis, apiVerb } from './apis.ts';
import { applications } from './applications.ts';
import { deviceSets } from './deviceSets.ts';
import { keySet } from './keys.ts';
import { scopes } from './scopes.ts';
import { providedKey, providedSecret, server } from './servers.ts';
import { settings } from './settings/settings.ts';
import { subscriptionState } from './subscriptions.ts';
import { tierName, tiers } from './tiers.ts';
import { userClaims } from './userClaims.ts';
import { users } from './users.ts';
import { deviceName, keyType, scopeName, userRef } from './values.ts';

type Given<S extends z.ZodRawShape> = {
  [K in keyof S]: S[K] extends z.ZodDefault<infer I extends z.core.SomeType> ? z.ZodOptional<I> : S[K];
};

/** The fields of a `create` method without their defaults: a field that the file leaves out stays as it is. */
const given = <S extends z.ZodRawShape>(shape: S): Given<S> =>
  Object.fromEntries(
    Object.entries(shape).map(([name, field]) => [
      name,
      field instanceof z.ZodDefault ? z.optional(field.unwrap()) : field,
    ]),
    // `Object.fromEntries` loses the names.
  ) as Given<S>;

const list = <T extends z.ZodType>(item: T, most: number, what: string) =>
  z.array(item).max(most, `A file may have at most ${most} ${what}.`);

const resource = z.strictObject({
  template: apiResource.shape.template,
  verbs: z.array(apiVerb).min(1, 'Name at least one verb.').describe('verbs of the template'),
  authType: apiResource.shape.authType.optional(),
  scopes: apiResource.shape.scopes.optional().describe('scopes of which a token needs one'),
  tier: tierName.optional(),
});

const api = z.strictObject({
  ...given(apis.create.input.shape),
  resources: list(resource, 500, 'resources').optional().describe('resources (default: every verb and path)'),
});

const user = z.strictObject({
  ...given(users.create.input.shape),
  password: users.create.input.shape.password.optional().describe('password, needed for a new user'),
  enabled: z.boolean().optional().describe('whether the user may sign in'),
  claims: z
    .strictObject({
      ...userClaims.partial().shape,
      // Scalars of YAML are text here, and claims have types.
      otherClaims: z
        .string()
        .transform((text): unknown => text)
        .pipe(userClaims.shape.otherClaims)
        .optional()
        .describe('other claims, as JSON text'),
    })
    .optional()
    .describe('claims for ID tokens and /userinfo'),
});

const {
  id: _id,
  applicationId: _applicationId,
  application: _application,
  keyType: _keyType,
  consumerKey: _consumerKey,
  state: _state,
  createdAtMs: _createdAtMs,
  origin: _origin,
  server: _server,
  servedHere,
  ...keyShape
} = keySet.shape;

const keys = z.strictObject({
  consumerKey: providedKey.optional().describe('consumer key (default: a random one)'),
  consumerSecret: providedSecret.optional().describe('consumer secret (default: a random one)'),
  ...z.strictObject(keyShape).partial().shape,
  server: server
    .partial({ revokeUrl: true, introspectUrl: true, caCertificate: true })
    .optional()
    .describe('the server that issued the keys (default: they are generated here)'),
  servedHere: servedHere.optional().describe('serve the keys of another server on this machine too'),
});

const subscription = z.union([
  apiRef,
  z.strictObject({ api: apiRef, tier: tierName.optional(), state: subscriptionState.optional() }),
]);

const devices = z.strictObject({
  keyType: keyType.optional().describe('key type (default: PRODUCTION)'),
  user: userRef.optional().describe('username of the tokens (default: application tokens)'),
  names: z.array(deviceName).min(1, 'Name at least one device.').max(1000).describe('names of the devices'),
  scopes: z.array(scopeName).max(50).optional().describe('extra scopes of each token'),
});

const deviceSet = z.strictObject({
  name: deviceSets.save.input.shape.name,
  keyType: keyType.optional().describe('key type (default: PRODUCTION)'),
  user: userRef.optional().describe('username of the tokens (default: application tokens)'),
  devices: deviceSets.save.input.shape.device.describe('names of the devices, in the order of minting'),
  scopes: z.array(scopeName).max(50).optional().describe('extra scopes of each token'),
  validitySeconds: deviceSets.save.input.shape.validitySeconds,
});

const application = z.strictObject({
  ...given(applications.create.input.shape),
  keys: z.strictObject({ PRODUCTION: keys.optional(), SANDBOX: keys.optional() }).optional().describe('key sets'),
  subscriptions: list(subscription, 1000, 'subscriptions of an application').optional().describe('APIs'),
  deviceSets: list(deviceSet, 1000, 'device sets').optional().describe('named sets of devices'),
  devices: list(devices, 1000, 'entries for devices').optional().describe('devices that have a live token'),
});

/** What a keyfob.yaml may say. A part that it leaves out stays as it is. */
export const describeFile = z.strictObject({
  keyfob: z.literal(1, { error: 'The format is version 1: write keyfob: 1.' }).describe('version of the format'),
  settings: settings.write.input.optional().describe('settings'),
  tiers: list(z.strictObject(given(tiers.create.input.shape)), 1000, 'tiers')
    .optional()
    .describe('throttling tiers'),
  apis: list(api, 1000, 'APIs').optional().describe('APIs, each by name and version'),
  scopes: list(z.strictObject(given(scopes.create.input.shape)), 1000, 'scopes')
    .optional()
    .describe('scopes'),
  users: list(user, 1000, 'users').optional().describe('users'),
  applications: list(application, 1000, 'applications').optional().describe('applications, with keys and devices'),
});
export type DescribeFile = z.output<typeof describeFile>;

/** The JSON Schema of a keyfob.yaml, for editors. https://json-schema.org/draft/2020-12 */
export const describeSchema = () => ({
  ...z.toJSONSchema(describeFile, { io: 'input' }),
  title: 'keyfob.yaml',
});
