import { z } from 'zod';
import { job, read } from './define.ts';
import { applicationRef, timeMs } from './values.ts';

/** The tokens to include: all with their history, the ACTIVE ones, or none. */
export const backupTokens = z
  .enum(['all', 'live', 'none'])
  .describe('tokens to include: all with their history, the ACTIVE ones, or none');
export type BackupTokens = z.output<typeof backupTokens>;

const newPassphrase = z
  .string()
  .min(8, 'Use at least 8 characters for the passphrase.')
  .max(1024, 'Use at most 1024 characters for the passphrase.');

const recipient = z
  .string()
  .trim()
  .max(3000)
  .regex(/^age1[a-z0-9]+$/, 'A recipient is an age public key, like age1…')
  .describe('public key of age, age1…');

/** A file in age's format, as base64. Any other file is refused when it is opened. */
const file = z.string().meta({ description: 'path of the backup', file: true });

/** The key of a backup: its passphrase, or the private key of one of its recipients. */
const opening = {
  file,
  backupPassphrase: z.string().min(1).max(1024).optional(),
  backupIdentity: z.string().trim().max(3000).optional(),
};

export const backupContents = z.strictObject({
  applications: z.int(),
  keySets: z.int(),
  tokens: z.int(),
  users: z.int(),
  scopes: z.int(),
  tiers: z.int(),
  apis: z.int(),
  subscriptions: z.int(),
  consents: z.int(),
  deviceSets: z.int(),
  settings: z.int(),
  signingKeys: z.int(),
});
export type BackupContents = z.output<typeof backupContents>;

/** An item of a backup, compared with the existing data. In a conflict it would replace something. */
export const backupItem = z.strictObject({
  /** Kind and name, like `application:Shop`. Choices name items this way. */
  item: z.string(),
  state: z.enum(['new', 'equal', 'conflict']),
  /** Empty when the state needs no explanation. */
  why: z.string(),
});
export type BackupItem = z.output<typeof backupItem>;

const itemNames = z.array(z.string().max(300)).max(10_000).default([]);

export const backup = {
  export: job(
    'Export everything, or some applications, to an encrypted file that the age tool opens too',
    z.strictObject({
      applications: z
        .array(applicationRef)
        .min(1)
        .max(500)
        .optional()
        .describe('names or ids of applications (default: everything)'),
      tokens: backupTokens.default('all'),
      backupPassphrase: newPassphrase.optional(),
      recipients: z.array(recipient).max(20, 'At most 20 recipients.').default([]),
    }),
    z.strictObject({
      file: z.string(),
      bytes: z.int(),
      contents: backupContents,
      /** Tokens left out because only their hashes are stored. */
      leftOut: z.int(),
    }),
  ),
  inspect: read(
    'Show what opens a backup: a passphrase, or the private key of a recipient',
    z.strictObject({ file }),
    z.strictObject({ opensWith: z.enum(['passphrase', 'identity']) }),
  ),
  preview: job(
    'Compare a backup with this data folder: new, equal or in conflict; nothing is written',
    z.strictObject(opening),
    z.strictObject({
      createdAtMs: timeMs,
      createdBy: z.string(),
      /** Whether it holds everything, not only chosen applications. */
      everything: z.boolean(),
      tokens: backupTokens,
      contents: backupContents,
      items: z.array(backupItem),
    }),
  ),
  import: job(
    'Import a backup, all or nothing; on conflicts, say which side to keep',
    z.strictObject({
      ...opening,
      onConflict: z
        .enum(['refuse', 'mine', 'theirs'])
        .default('refuse')
        .describe('on conflicts: refuse, keep all items of this data folder, or take all from the backup'),
      mine: itemNames.describe('items of this data folder to keep, like application:Shop'),
      theirs: itemNames.describe('items to take from the backup, like user:tester'),
    }),
    z.strictObject({ written: backupContents, equal: z.int(), kept: z.int() }),
  ),
};
