import { z } from 'zod';
import { callbackUrl } from './callbackUrl.ts';
import { read, write } from './define.ts';
import { providedKey, providedSecret, server, serverKind } from './servers.ts';
import { tokenFormat } from './tokenFormat.ts';
import { issuedToken } from './tokens.ts';
import { applicationRef, grantType, id, keyType, scopeText, timeMs, validitySeconds } from './values.ts';

export const issueBehaviour = z
  .enum(['reuse', 'renew', 'multiple'], {
    error: 'The issue behaviour is reuse, renew or multiple.',
  })
  .describe('answer to a repeated request: the live token, a new token that replaces it, or an additional one');
export type IssueBehaviour = z.output<typeof issueBehaviour>;

export const pkce = z
  .enum(['optional', 'required'], { error: 'PKCE is optional or required.' })
  .describe('whether an authorization request needs a code challenge');
export type Pkce = z.output<typeof pkce>;

/** The origin of a web page, an app shell or an extension. The last two have their own schemes, and no port. */
const origin = z
  .string()
  .max(200)
  .refine((text) => !/^(?:null$|file:)/i.test(text), {
    error: 'A page opened from a file has no origin. Open it by http://localhost, which is always allowed.',
    abort: true,
  })
  .regex(
    /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$|^(?!https?:|javascript:|data:|blob:)[a-z][a-z0-9+.-]*:\/\/[A-Za-z0-9._-]+(?::\d{1,5})?$/,
    'An origin is scheme, host and port only, like https://app.test:3000 (in lower case) or capacitor://localhost.',
  );

const settable = {
  grantTypes: z.array(grantType).min(1, 'Choose at least one grant type.').max(4).describe('allowed grant types'),
  callbackUrl,
  publicClient: z.boolean().describe('public client: it has no secret, and always needs PKCE'),
  pkce,
  pkcePlain: z.boolean().describe('accept the PKCE method plain, in addition to S256'),
  issueBehaviour,
  tokenFormat,
  applicationTokenValiditySeconds: validitySeconds.describe('lifetime of application tokens in seconds'),
  userTokenValiditySeconds: validitySeconds.describe('lifetime of user tokens in seconds'),
  refreshTokenValiditySeconds: validitySeconds.describe('lifetime of refresh tokens in seconds'),
  allowedOrigins: z
    .array(origin)
    .max(20, 'Use at most 20 origins.')
    .describe('origins of pages that may call the endpoint'),
};

/** A key set without its secret; `keys reveal` shows that. */
export const keySet = z.strictObject({
  id,
  applicationId: id,
  application: z.string(),
  keyType,
  consumerKey: z.string(),
  state: z.enum(['ACTIVE', 'REVOKED']),
  ...settable,
  grantTypes: z.array(grantType),
  createdAtMs: timeMs,
  origin: z.enum(['generated', 'provided']),
  /** Of provided keys; null for generated ones. */
  server: server.nullable(),
  /** Whether the endpoint and the gateway of this machine accept the keys too. */
  servedHere: z.boolean(),
});
export type KeySet = z.output<typeof keySet>;

const one = { application: applicationRef, keyType };
/** What is weak in the given key and secret. */
const warnings = z.array(z.string());
const servedHere = z.boolean().describe('serve the keys on this machine too, so that they work offline');
const { kind, tokenUrl, revokeUrl, introspectUrl, caCertificate } = server.shape;

/** What a sample command of another server says. Empty texts are unknown. */
export const readCommand = z.strictObject({
  consumerKey: z.string(),
  consumerSecret: z.string(),
  kind: serverKind,
  tokenUrl: z.string(),
  revokeUrl: z.string(),
  introspectUrl: z.string(),
  /** The file that `--cacert` names. */
  caFile: z.string(),
  /** Whether it has `-k`, so that the certificate was not checked. */
  insecure: z.boolean(),
  /** What it lacks, and what Keyfob derived. */
  warnings: z.array(z.string()),
});
export type ReadCommand = z.output<typeof readCommand>;

export const keys = {
  list: read(
    'List the key sets of one application, or of all',
    z.strictObject({ application: applicationRef.optional() }),
    z.strictObject({ items: z.array(keySet) }),
  ),
  generate: write(
    'Generate the keys of an application for one key type, with a first application token',
    z.strictObject({
      ...one,
      validitySeconds: validitySeconds.optional().describe('lifetime of the first token, in seconds'),
      scope: scopeText.default(''),
      grantTypes: settable.grantTypes.default(['password', 'client_credentials', 'refresh_token']),
      callbackUrl: callbackUrl.default(''),
      publicClient: settable.publicClient.default(false),
      pkce: pkce.default('optional'),
      pkcePlain: settable.pkcePlain.default(false),
      issueBehaviour: issueBehaviour.default('reuse'),
      tokenFormat: tokenFormat.default('opaque'),
    }),
    z.strictObject({ ...keySet.shape, consumerSecret: z.string(), token: issuedToken }),
  ),
  provide: write(
    'Keep the keys that another server issued, with its addresses; snippets address that server',
    z.strictObject({
      ...one,
      consumerKey: providedKey,
      consumerSecret: providedSecret,
      kind: kind.default('other'),
      tokenUrl,
      revokeUrl: revokeUrl.default(''),
      introspectUrl: introspectUrl.default(''),
      caCertificate: caCertificate.default(''),
      servedHere: servedHere.default(true),
    }),
    z.strictObject({ ...keySet.shape, warnings }),
  ),
  updateServer: write(
    'Change what is known of the server of provided keys; another key or secret revokes the tokens issued here',
    z.strictObject({
      ...one,
      consumerKey: providedKey.optional(),
      consumerSecret: providedSecret.meta({ secret: 'existing' }).optional(),
      kind: kind.optional(),
      tokenUrl: tokenUrl.optional(),
      revokeUrl: revokeUrl.optional(),
      introspectUrl: introspectUrl.optional(),
      caCertificate: caCertificate.optional(),
      servedHere: servedHere.optional(),
    }),
    z.strictObject({ ...keySet.shape, tokensRevoked: z.int(), warnings }),
  ),
  readCommand: read(
    "Read key, secret and addresses out of a server's sample curl command, or JSON of an API client. Stores nothing",
    z.strictObject({
      command: z
        .string()
        .min(1, 'Paste a curl command.')
        .max(262_144, 'A command or JSON may have at most 256 KiB.')
        .meta({
          secret: 'existing',
          description: 'the curl command, of any shell; or JSON of Postman or a portal; or lines of a .env file',
        }),
    }),
    readCommand,
  ),
  update: write(
    'Change grant types, callback, PKCE, behaviour, token format, lifetimes or origins; issued tokens stay the same',
    z.strictObject({
      ...one,
      grantTypes: settable.grantTypes.optional(),
      callbackUrl: callbackUrl.optional(),
      publicClient: settable.publicClient.optional(),
      pkce: pkce.optional(),
      pkcePlain: settable.pkcePlain.optional(),
      issueBehaviour: issueBehaviour.optional(),
      tokenFormat: tokenFormat.optional(),
      applicationTokenValiditySeconds: settable.applicationTokenValiditySeconds.optional(),
      userTokenValiditySeconds: settable.userTokenValiditySeconds.optional(),
      refreshTokenValiditySeconds: settable.refreshTokenValiditySeconds.optional(),
      allowedOrigins: settable.allowedOrigins.optional(),
    }),
    keySet,
  ),
  reveal: read(
    'Show the consumer secret',
    z.strictObject(one),
    z.strictObject({ consumerKey: z.string(), consumerSecret: z.string() }),
  ),
  regenerateSecret: write(
    'Create a new consumer secret; all live tokens of the key set are revoked',
    z.strictObject(one),
    z.strictObject({ consumerKey: z.string(), consumerSecret: z.string(), tokensRevoked: z.int() }),
  ),
  revoke: write(
    'Revoke a key set and its tokens; requests are refused until its secret is regenerated',
    z.strictObject(one),
    z.strictObject({ consumerKey: z.string(), tokensRevoked: z.int() }),
  ),
};
