import { z } from 'zod';
import { read } from './define.ts';
import { vaultStatus } from './vault.ts';

const installation = {
  version: z.string(),
  /** The program that owns the data folder, like `keyfob serve`. */
  what: z.string(),
  processId: z.int(),
  /** The version of Node. */
  node: z.string(),
  platform: z.string(),
  /** The data folder. */
  folder: z.string(),
  databaseBytes: z.int(),
  /** The name of this system's keychain. */
  keychain: z.string(),
  /** Whether the pages of this program's window run in Chromium's sandbox. */
  sandbox: z.enum(['on', 'off']).optional(),
};

const aboutKeyfob = z.strictObject({ ...installation, tokens: z.int(), vault: vaultStatus });
export type About = z.output<typeof aboutKeyfob>;

export const about = {
  read: read(
    'Show version, data folder, Node and system, without secrets, for a bug report',
    z.strictObject({}),
    aboutKeyfob,
    { whileLocked: true },
  ),
};
