import { statSync } from 'node:fs';
import { arch, release } from 'node:os';
import manifest from '../../package.json' with { type: 'json' };
import type { Installation } from '../engine/ports/machine.ts';
import { keychainName } from '../vault/holders/keychain.ts';

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/**
 * Describes this program and its machine. `what` names the program, like `keyfob serve`. `database` is the file of its store. `sandbox`
 * says how the pages of its window run, if it has one.
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
    // The log holds changes that are not in the database file yet.
    databaseBytes: sizeOf(database) + sizeOf(`${database}-wal`),
    keychain: keychainName(process.platform),
    ...(sandbox !== undefined && { sandbox }),
  }),
});
