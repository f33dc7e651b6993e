import { z } from 'zod';
import { backup } from './backup.ts';
import { job } from './define.ts';

/** The kinds that an apply removes on request. */
export const prunable = z
  .enum(['devices', 'deviceSets', 'subscriptions', 'applications', 'users', 'scopes', 'apis', 'tiers'])
  .describe('kind');
export type Prunable = z.output<typeof prunable>;

export const describedChange = z.strictObject({
  action: z.enum(['create', 'change', 'remove']),
  /** Kind and name, like `application:Shop`. */
  item: z.string(),
  /** What differs, and warnings; usually empty for a new item. Never holds a secret. */
  why: z.string(),
});
export type DescribedChange = z.output<typeof describedChange>;

/** What an export writes in place of secrets, or around everything. */
const describedSecrets = z.enum(['env', 'none', 'age', 'real']);
export type DescribedSecrets = z.output<typeof describedSecrets>;

const { backupPassphrase, recipients } = backup.export.input.shape;
const opening = backup.preview.input.shape;

export const describe = {
  apply: job(
    'Create and change what a keyfob.yaml describes, all or nothing; everything else stays the same',
    z.strictObject({
      file: z
        .string()
        .min(1, 'The file is empty.')
        .max(8_000_000, 'A file may have at most 6 MB.')
        .meta({ file: true, description: 'the keyfob.yaml, or one sealed with age' }),
      variables: z.record(z.string(), z.string()).default({}).meta({
        hidden: true,
        description: 'values of the names in the file; the command line takes them from its environment',
      }),
      diff: z.boolean().default(false).describe('only show what would change'),
      prune: z.array(prunable).default([]).describe('kinds of which everything that the file does not name is removed'),
      removable: z.array(z.string()).optional().meta({
        hidden: true,
        description: 'the items that a preview removed; an apply that removes another one is refused',
      }),
      /** What opens a sealed file. */
      backupPassphrase: opening.backupPassphrase,
      backupIdentity: opening.backupIdentity,
    }),
    z.strictObject({ changes: z.array(describedChange), unchanged: z.int(), applied: z.boolean() }),
  ),
  export: job(
    'Describe everything but tokens as a keyfob.yaml, with names in place of secrets, or sealed with them',
    z.strictObject({
      format: z.enum(['yaml']).default('yaml').describe('format'),
      secrets: describedSecrets
        .default('env')
        .describe('secrets: names of the environment, left out, in a file sealed with age, or in clear'),
      backupPassphrase,
      recipients: recipients.describe('with age: public keys, age1… (default: a passphrase)'),
    }),
    z.strictObject({
      /** YAML, or with `age` an armored age file of it. */
      text: z.string(),
      /** The names that replace secrets; empty unless `secrets` is `env`. */
      variables: z.array(z.string()),
    }),
  ),
};
