import { z } from 'zod';
import { read } from './define.ts';
import { applicationRef, deviceName, id, keyType, line, scopeText, userRef } from './values.ts';

export const shell = z.enum(['bash', 'powershell', 'powershell-5.1', 'cmd', 'batch']);
export type Shell = z.output<typeof shell>;
export const secretsMode = z.enum(['real', 'placeholder', 'env']);
export type SecretsMode = z.output<typeof secretsMode>;
export const snippetCall = z.enum(['token', 'refresh', 'revoke', 'introspect', 'api']);
export type SnippetCall = z.output<typeof snippetCall>;
export const snippetSecret = z.enum(['consumerSecret', 'password', 'accessToken', 'refreshToken']);
export type SnippetSecret = z.output<typeof snippetSecret>;

/** A secret of a command, and the placeholder and variable that can replace it. */
export const secretOfSnippet = z.strictObject({
  secret: snippetSecret,
  words: z.string(),
  placeholder: z.string(),
  variable: z.string(),
  /** Only its hash is stored, so a placeholder replaces it in every mode. */
  notKept: z.literal(true).optional(),
});
export type SecretOfSnippet = z.output<typeof secretOfSnippet>;

export const snippets = {
  render: read(
    'Generate a ready-to-run curl command',
    z.strictObject({
      application: applicationRef,
      keyType,
      call: snippetCall.describe('the call to generate').default('token'),
      username: userRef.optional().describe('username or id, for a user token; without it, an application token'),
      device: deviceName.optional(),
      scope: scopeText.default(''),
      token: line('Token', 2048)
        .meta({ secret: 'existing' })
        .optional()
        .describe('value or id of the token (default: the live token)'),
      url: z
        .url({ protocol: /^https?$/ })
        .max(2048)
        .optional()
        .describe('URL of the API to call'),
      method: z
        .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])
        .default('GET')
        .describe('HTTP method of the API call'),
      client: z.enum(['curl']).describe('client program').default('curl'),
      shell: shell.describe('shell of the command').default('bash'),
      secrets: secretsMode
        .describe('secrets: as placeholders, environment variables or real values')
        .default('placeholder'),
      insecure: z.boolean().default(false).describe('use -k instead of --cacert'),
    }),
    z.strictObject({
      text: z.string(),
      /** Instructions before running it: variables to set, placeholders to fill in. */
      notes: z.array(z.string()),
      containsSecrets: z.boolean(),
      secrets: z.array(secretOfSnippet),
      /** The token that it refreshes, revokes, introspects or calls with; absent when none exists. */
      tokenId: id.optional(),
    }),
  ),
};
