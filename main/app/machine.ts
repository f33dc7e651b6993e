import { sep } from 'node:path';
import type { Finding } from '../../preload/contract/doctor.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { examineClosed as examine } from '../engine/methods/doctor.ts';
import type { Machine } from '../engine/ports/machine.ts';
import type { Certificates } from '../store/certificates.ts';
import { storageError } from '../store/database/errors.ts';
import { databaseIn } from '../store/database/folder.ts';
import { foreignFiles } from '../system/privateFolder.ts';
import { createInstallation } from './about.ts';

/** Parts of an open folder that the doctor checks. */
interface OpenedFolder {
  readonly certificates: Pick<Certificates, 'newest'>;
  readonly storeFault: () => KeyfobError | undefined;
  /** May also throw it. */
  readonly vaultFault: () => KeyfobError | undefined;
}

const load = () => import('../platform/machine/machine.ts');

const folderParts = (folder: string): Pick<Machine, 'freeBytes' | 'folder'> => ({
  freeBytes: async () => (await load()).freeBytes(folder),
  async folder() {
    const { openToOthers, placeOf } = await load();
    return { place: placeOf(folder), openToOthers: await openToOthers(folder), foreign: foreignFiles(folder) };
  },
});

/** A message without the path of the data folder, which may contain a person's name. */
const withoutPath = async (message: string, folder: string): Promise<string> =>
  message.replaceAll(`${folder}${sep}`, '').replaceAll(folder, (await load()).placeOf(folder));

/** The doctor's findings for a data folder that could not be opened, for this reason. */
export async function examineClosed(folder: string, why: KeyfobError): Promise<{ items: Finding[] }> {
  const installation = createInstallation(folder, databaseIn(folder), 'a keyfob command');
  return await examine(installation, folderParts(folder), {
    code: why.code,
    message: await withoutPath(why.message, folder),
  });
}

/** The doctor's checks of this machine. Their code is loaded with the first call. */
export const createMachine = (folder: string, database: string, opened: OpenedFolder): Machine => {
  return {
    ...folderParts(folder),
    storeFault: () => opened.storeFault()?.message,
    async vaultFault() {
      try {
        const fault = opened.vaultFault();
        if (fault !== undefined) throw fault;
        return undefined;
      } catch (error) {
        return await withoutPath(messageOf(error), folder);
      }
    },
    formerAuthorities: async () => (await load()).formerAuthorities(folder),
    backendFault: async (...asked) => (await import('../platform/machine/backends.ts')).backendFault(...asked),
    portUse: async (port) => (await load()).portUse(port),
    nameWarnings: async (...asked) => (await import('../platform/machine/extraNames.ts')).nameWarnings(...asked),
    networkAddresses: async () => (await import('../platform/machine/extraNames.ts')).networkAddresses(),
    async databaseFaults() {
      const { databaseFaults } = await import('../store/database/check.ts');
      return databaseFaults(database);
    },
    certificates: () => ({
      authorityEndsAtMs: opened.certificates.newest('ca')?.notAfterMs,
      leafEndsAtMs: opened.certificates.newest('leaf')?.notAfterMs,
    }),
  };
};

/** The message of an expected error. Throws any other error. */
function messageOf(error: unknown): string {
  const known = storageError(error);
  if (known instanceof KeyfobError) return known.message;
  throw known;
}
