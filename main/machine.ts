import { KeyfobError } from '../preload/contract/errors.ts';
import type { Machine } from './engine/ports.ts';
import type { Certificates } from './store/certificates.ts';
import { storageFailure } from './store/failure.ts';

/** What of an opened folder the doctor looks at. */
interface OpenedFolder {
  readonly certificates: Pick<Certificates, 'newest'>;
  readonly storeFault: () => KeyfobError | undefined;
  /** May also throw it. */
  readonly vaultFault: () => KeyfobError | undefined;
}

/** What the doctor looks at on this machine, loaded when it is called. */
export const createMachine = (folder: string, database: string, opened: OpenedFolder): Machine => {
  const load = () => import('./platform/machine.ts');
  return {
    freeBytes: async () => (await load()).freeBytes(folder),
    async folder() {
      const { openToOthers, placeOf } = await load();
      return { place: placeOf(folder), openToOthers: await openToOthers(folder) };
    },
    storeFault: () => opened.storeFault()?.message,
    async vaultFault() {
      try {
        const fault = opened.vaultFault();
        if (fault !== undefined) throw fault;
        return undefined;
      } catch (error) {
        const { placeOf } = await load();
        return wordsOf(error).replaceAll(folder, placeOf(folder));
      }
    },
    formerAuthorities: async () => (await load()).formerAuthorities(folder),
    portUse: async (port) => (await load()).portUse(port),
    async databaseFaults() {
      const { databaseFaults } = await import('./store/check.ts');
      return databaseFaults(database);
    },
    certificates: () => ({
      authorityEndsAtMs: opened.certificates.newest('ca')?.notAfterMs,
      leafEndsAtMs: opened.certificates.newest('leaf')?.notAfterMs,
    }),
  };
};

/** The words of a fault that we know. Throws any other. */
function wordsOf(error: unknown): string {
  const known = storageFailure(error);
  if (known instanceof KeyfobError) return known.message;
  throw known;
}
