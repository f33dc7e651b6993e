import { readFileSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { KeyfobError } from '../../preload/contract/errors.ts';

const base64url = (length: number) => z.base64url().length(length);
/** 12 bytes of nonce, 32 of data key, 16 of tag. */
const wrapped = base64url(80);

/** Costs are bounded so that a doctored file cannot take the machine's memory. */
const underPassphrase = z.strictObject({
  mode: z.literal('passphrase'),
  kdf: z.literal('argon2id'),
  memoryKiB: z.int().min(8).max(1_048_576),
  passes: z.int().min(1).max(100),
  lanes: z.int().min(1).max(16),
  salt: base64url(22),
  wrapped,
});
export type UnderPassphrase = z.output<typeof underPassphrase>;

const inKeychain = z.strictObject({ mode: z.literal('keychain') });

const vaultFile = z.strictObject({
  version: z.literal(1),
  installationId: z.uuid(),
  keyId: z.int().min(1).max(255),
  /** Derived from the data key: tells it from another one. */
  check: base64url(43),
  held: z.discriminatedUnion('mode', [inKeychain, underPassphrase]),
  /** `lastGroup` is a keyed hash, to confirm by; only the data key can tell what it is of. */
  recovery: z.strictObject({ wrapped, lastGroup: base64url(43), confirmed: z.boolean() }),
});
export type VaultFile = z.output<typeof vaultFile>;

const newer = z.looseObject({ version: z.int().min(2) });

const pathIn = (folder: string): string => join(folder, 'vault.json');

/**
 * Reads `vault.json`: how the data key is held, never the key itself. Nothing when there is none. Throws
 * `database_newer`, or `sealed_value_damaged` when it is not readable.
 */
export function readVaultFile(folder: string): VaultFile | undefined {
  let text: string;
  try {
    text = readFileSync(pathIn(folder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Falls through to the refusal below: undefined is no vault file.
  }
  const parsed = vaultFile.safeParse(json);
  if (parsed.success) return parsed.data;
  if (newer.safeParse(json).success) {
    throw new KeyfobError('database_newer', `${pathIn(folder)} was written by a newer Keyfob; update this one.`);
  }
  throw new KeyfobError(
    'sealed_value_damaged',
    `${pathIn(folder)} is damaged, and without it nothing here can be opened; put back a copy of that file.`,
  );
}

/** Replaces `vault.json` so that a crash leaves the old one or the new one, and the new one is on disk when it returns. */
export async function writeVaultFile(folder: string, file: VaultFile): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = pathIn(folder);
  const unfinished = `${path}.new`;
  try {
    await synced(unfinished, 'w', (handle) => handle.writeFile(`${JSON.stringify(file, null, 2)}\n`));
    await rename(unfinished, path);
    // Windows cannot open a folder, and needs no such thing.
    if (process.platform !== 'win32') await synced(folder, 'r');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
    throw new KeyfobError('storage_full', `There is no room for ${path}; free some space and try again.`);
  }
}

async function synced(path: string, flags: string, work?: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(path, flags, 0o600);
  try {
    await work?.(handle);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
