import { z } from 'zod';
import { read, scan } from './define.ts';
import { callInput, runnableCall, secretsMode, snippetForm } from './snippets.ts';
import { applicationRef, id, keyType, line, userRef } from './values.ts';

export const exportFormat = z.enum([
  'bash',
  'powershell',
  'powershell-5.1',
  'cmd',
  'batch',
  'http',
  'env',
  'postman',
  'bruno',
  'insomnia',
  'json',
  'csv',
  'lines',
  'qr-sheet',
]);
export type ExportFormat = z.output<typeof exportFormat>;

/** Formats of a whole application. `apictl` is the archive of API Manager's command line, `devportal` its portal's JSON. */
export const applicationFormat = z.enum([
  'postman',
  'bruno',
  'insomnia',
  'http-jetbrains',
  'http-vscode',
  'http-visual-studio',
  'apictl',
  'devportal',
]);
export type ApplicationFormat = z.output<typeof applicationFormat>;

/** A text file of an export. */
export const exportedFile = z.strictObject({
  /** Path within the folder, with `/`. */
  name: z.string(),
  text: z.string(),
});
export type ExportedFile = z.output<typeof exportedFile>;

const secrets = secretsMode
  .describe('secrets: as placeholders, as variables (empty in files that are variables), or real values')
  .default('env');

const exported = {
  /** A name for a folder of these files. */
  folder: z.string(),
  /** The main file first. */
  files: z.array(exportedFile),
  /** Instructions before using them, and what the format cannot hold. */
  notes: z.array(z.string()),
  containsSecrets: z.boolean(),
  devices: z.int(),
  /** Exported tokens of which only a hash is stored, so a placeholder replaces the value. */
  notKept: z.int(),
};

/** Where the receiver of a call is: at this machine, in its network, or anywhere else. */
export const receiver = z.enum(['machine', 'network', 'elsewhere']);
export type Receiver = z.output<typeof receiver>;

const { target: _, insecure: __, ...sharedCall } = callInput;

export const exports = {
  call: read(
    'Export one call for another person as files: the command, the CA certificate and instructions',
    z.strictObject({
      ...sharedCall,
      call: runnableCall.describe('the call to export').default('token'),
      receiver: receiver
        .describe('where the receiver is: at this machine, in its network, or elsewhere')
        .default('machine'),
      host: line('Host', 253)
        .optional()
        .describe('name or address of this machine in the network (default: one of extra-names)'),
      forms: z
        .array(snippetForm)
        .min(1, 'Name at least one form.')
        .default(['bash'])
        .describe('forms of the command: shells for curl, and other clients'),
      secrets: secretsMode.describe('secrets: as placeholders, environment variables or real values').default('env'),
    }),
    z.strictObject({
      /** A name for a folder of these files. */
      folder: z.string(),
      /** The first command first. */
      files: z.array(exportedFile),
      /** The address that the call goes to. */
      url: z.string(),
      /** Instructions for the receiver, as in the README. */
      notes: z.array(z.string()),
      /** Why the receiver may get no answer. */
      warnings: z.array(z.string()),
      containsSecrets: z.boolean(),
    }),
  ),
  application: scan(
    'Export an application as files: its calls for an API client, or the whole for API Manager',
    z.strictObject({
      application: applicationRef,
      keyType: keyType.optional().describe('key type (default: PRODUCTION; both in apictl and devportal)'),
      username: userRef
        .optional()
        .describe('username or id of the user of the password grant and the devices; without it, application tokens'),
      format: applicationFormat.describe('format of the files').default('postman'),
      secrets,
    }),
    z.strictObject({
      ...exported,
      /** What to do about the secrets that the files lack. */
      toFillIn: z.array(z.string()),
      /** Calls in the files; 0 in a format without calls. */
      calls: z.int(),
    }),
  ),
  devices: scan(
    'Export the tokens of devices as files: a script of calls, an environment, a collection, a list or QR codes to print',
    z.strictObject({
      application: applicationRef,
      keyType,
      username: userRef.optional().describe('username or id of the user; without it, application tokens'),
      tokens: z
        .array(id)
        .min(1, 'Name at least one token.')
        .max(10_000, 'Export at most 10000 tokens at once.')
        .optional()
        .describe('ids of device tokens, in the order to write (default: all, oldest first)'),
      includeExpired: z.boolean().default(false).describe('include expired tokens'),
      format: exportFormat.describe('format of the files').default('bash'),
      secrets,
      url: z
        .url({ protocol: /^https?$/ })
        .max(2048)
        .optional()
        .describe('URL of the API to call (default: the API echo of this endpoint)'),
    }),
    z.strictObject({ ...exported, /** Expired tokens that were left out. */ expired: z.int() }),
  ),
};
