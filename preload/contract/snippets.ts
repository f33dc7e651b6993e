import { z } from 'zod';
import { call, read } from './define.ts';
import { applicationRef, deviceName, id, keyType, line, scopeText, userRef } from './values.ts';

export const shell = z.enum(['bash', 'powershell', 'powershell-5.1', 'cmd', 'batch']);
export type Shell = z.output<typeof shell>;
/** The program of a snippet: a command of a shell, or a program in another language. */
export const snippetClient = z.enum([
  'curl',
  'httpie',
  'python-requests',
  'python-httpx',
  'node',
  'java',
  'csharp',
  'go',
  'php',
]);
export type SnippetClient = z.output<typeof snippetClient>;
/** The form of a snippet: curl for a shell, or another client. */
export const snippetForm = z.enum([...shell.options, ...snippetClient.exclude(['curl']).options]);
export type SnippetForm = z.output<typeof snippetForm>;
export const secretsMode = z.enum(['real', 'placeholder', 'env']);
export type SecretsMode = z.output<typeof secretsMode>;
export const snippetCall = z.enum(['token', 'code', 'refresh', 'revoke', 'introspect', 'api']);
export type SnippetCall = z.output<typeof snippetCall>;
/** The calls that need no browser. */
export const runnableCall = snippetCall.exclude(['code']);
export type RunnableCall = z.output<typeof runnableCall>;
export const snippetSecret = z.enum(['consumerSecret', 'password', 'accessToken', 'refreshToken', 'code']);
export type SnippetSecret = z.output<typeof snippetSecret>;

/** This machine, or the server that provided keys come from. */
export const snippetTarget = z.enum(['machine', 'server']);
export type SnippetTarget = z.output<typeof snippetTarget>;

/** How a command names the CA certificate: as a path of this machine, or by the variable KEYFOB_CA. */
export const caMode = z.enum(['path', 'variable']);

/** A secret of a command, and the placeholder and variable that can replace it. */
export const secretOfSnippet = z.strictObject({
  secret: snippetSecret,
  words: z.string(),
  placeholder: z.string(),
  variable: z.string(),
  /** Keyfob does not have its value, so a placeholder replaces it in every mode. */
  notKept: z.literal(true).optional(),
});
export type SecretOfSnippet = z.output<typeof secretOfSnippet>;

/** The input that every method with a call takes. */
export const callInput = {
  application: applicationRef,
  keyType,
  call: snippetCall.describe('the call to generate; code exchanges the code of a sign-in').default('token'),
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
    .describe('URL of the API to call (default: the API echo of this endpoint)'),
  method: z
    .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])
    .default('GET')
    .describe('HTTP method of the API call'),
  insecure: z.boolean().default(false).describe("skip the check of the server's certificate, like -k"),
  target: snippetTarget.optional().describe('address to call (default: the server that the keys come from)'),
};

const header = z.strictObject({ name: z.string(), value: z.string() });

/** The reply to a call. Dots replace secrets in headers and body, unless they were requested. */
export const ranCall = z.strictObject({
  /** Method and URL, like `POST https://localhost:8243/token`. */
  request: z.string(),
  status: z.int(),
  /** The reason phrase, like `OK`; empty without one. */
  statusText: z.string(),
  headers: z.array(header),
  contentType: z.string().optional(),
  /** At most the first 64 KiB. Absent for binary data. */
  body: z.string().optional(),
  /** Bytes of the whole body, or of the part that was read. */
  bodyBytes: z.int(),
  /** Whether `body` is only the start. */
  truncated: z.boolean(),
  durationMs: z.number().min(0),
  /** The token that the call used; absent for a token call. */
  usedTokenId: id.optional(),
  /** The token in the reply. */
  tokenId: id.optional(),
  /** The values of that token if only their hashes are stored: nobody can read them again. */
  shownOnce: z
    .strictObject({ accessToken: z.string(), refreshToken: z.string().optional(), scope: z.string() })
    .optional(),
  /** The true reason as sentences for people; absent when it is unknown. */
  why: z.string().optional(),
});
export type RanCall = z.output<typeof ranCall>;

export const snippets = {
  render: read(
    'Generate a ready-to-run call: a curl command, or a program in another language',
    z.strictObject({
      ...callInput,
      client: snippetClient.describe('client: curl, HTTPie, or a program in a language').default('curl'),
      shell: shell.describe('shell of a curl command').default('bash'),
      secrets: secretsMode
        .describe('secrets: as placeholders, environment variables or real values')
        .default('placeholder'),
      ca: caMode
        .optional()
        .describe(
          'CA certificate as a path of this machine or as the variable KEYFOB_CA (default: a path with real secrets)',
        ),
    }),
    z.strictObject({
      text: z.string(),
      /** Instructions before running it: variables to set, placeholders to fill in. */
      notes: z.array(z.string()),
      containsSecrets: z.boolean(),
      secrets: z.array(secretOfSnippet),
      /** The token that it refreshes, revokes, introspects or calls with; absent when none exists. */
      tokenId: id.optional(),
      /** The file on this machine that holds the CA certificate; absent where the command needs none. */
      caFile: z.string().optional(),
      /** Of `code`: the address to open first. */
      authorizeUrl: z.string().optional(),
      /** The address that it calls. */
      target: snippetTarget,
      /** Why `run` refuses the call; absent when it runs. */
      whyNoRun: z.string().optional(),
    }),
  ),
  run: call(
    'Run a call as its command would, and show the reply and its reason. Calls this machine only',
    z.strictObject({
      ...callInput,
      call: runnableCall.describe('the call to run').default('token'),
      insecure: z.boolean().default(false).describe('skip the check of the certificate, like -k'),
      reveal: z.boolean().default(false).describe('show secrets in the reply'),
    }),
    ranCall,
  ),
};
