import type { Machine } from './engine/ports.ts';
import type { Certificates } from './store/certificates.ts';
import { foreignFiles } from './system/privateFolder.ts';

/** What the doctor looks at on this machine, loaded when it is called. */
export const createMachine = (folder: string, database: string, certificates: Certificates): Machine => {
  const load = () => import('./platform/machine.ts');
  return {
    freeBytes: async () => (await load()).freeBytes(folder),
    async folder() {
      const { openToOthers, placeOf } = await load();
      return { place: placeOf(folder), openToOthers: await openToOthers(folder), foreign: foreignFiles(folder) };
    },
    portUse: async (port) => (await load()).portUse(port),
    nameWarnings: async (...asked) => (await import('./platform/extraNames.ts')).nameWarnings(...asked),
    async databaseFaults() {
      const { databaseFaults } = await import('./store/check.ts');
      return databaseFaults(database);
    },
    certificates: () => ({
      authorityEndsAtMs: certificates.newest('ca')?.notAfterMs,
      leafEndsAtMs: certificates.newest('leaf')?.notAfterMs,
    }),
  };
};
