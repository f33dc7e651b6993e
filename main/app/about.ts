import { statSync } from 'node:fs';
import { arch, release } from 'node:os';
import manifest from '../../package.json' with { type: 'json' };
import type { Installation } from '../engine/ports/machine.ts';
import { keychainName } from '../vault/holders/keychain.ts';

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/**
 * What this program is and runs on; `what` says which of its forms, `database` is the file of its store, and `sandbox` says how its own
 * window's pages run, if it has one.
 */
export const createInstallation = (
  folder: string,
  database: string,
  what: string,
  sandbox?: 'on' | 'off',
): Installation => ({
  read: () => ({
    version: manifest.version,
    what,
    processId: process.pid,
    node: process.versions.node,
    platform: `${process.platform} ${arch()} ${release()}`,
    folder,
    // What is written, and not yet moved into the database itself.
    databaseBytes: sizeOf(database) + sizeOf(`${database}-wal`),
    keychain: keychainName(process.platform),
    ...(sandbox !== undefined && { sandbox }),
  }),
});
