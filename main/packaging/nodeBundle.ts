import type { UserConfig } from 'vite';
import manifest from '../../package.json' with { type: 'json' };
import { builtins, layerGroups } from './chunks.ts';

const workers = {
  checkpointWorker: 'main/store/database/checkpointWorker.ts',
  checkWorker: 'main/store/database/checkWorker.ts',
  ageWorker: 'main/backup/ageWorker.ts',
  documentWorker: 'main/platform/documents/documentWorker.ts',
  openWorker: 'main/browserHost/openWorker.ts',
};

/**
 * The configuration that bundles a program for Node and its worker threads into `build/<folder>`. Dependencies in package.json have
 * binaries and stay outside the bundle. vite lists the licences of the bundled packages.
 */
export const nodeBundle = (folder: string, program: Readonly<Record<string, string>>): UserConfig => ({
  ssr: { noExternal: true, external: Object.keys(manifest.dependencies) },
  plugins: [builtins],
  build: {
    ssr: true,
    target: 'node24',
    outDir: `build/${folder}`,
    emptyOutDir: true,
    // Nothing downloads these chunks: they are read from the disk, and large ones only by the command that needs them.
    chunkSizeWarningLimit: 1024,
    license: { fileName: '.vite/license.json' },
    rollupOptions: {
      external: ['electron'],
      // A worker is loaded from the folder of the file that starts it, so all chunks are in one folder.
      output: { chunkFileNames: '[name].js', codeSplitting: { groups: layerGroups(Object.values(workers)) } },
      input: { ...program, ...workers },
    },
  },
});
