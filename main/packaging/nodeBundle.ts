import type { UserConfig } from 'vite';
import manifest from '../../package.json' with { type: 'json' };

/**
 * How a program for Node is bundled into `build/<folder>`, with what it loads later and the threads that it starts. What package.json
 * names as a dependency has a binary and stays outside; all else goes in, and its licences are listed.
 */
export const nodeBundle = (folder: string, program: Readonly<Record<string, string>>): UserConfig => ({
  ssr: { noExternal: true, external: Object.keys(manifest.dependencies) },
  build: {
    ssr: true,
    target: 'node24',
    outDir: `build/${folder}`,
    emptyOutDir: true,
    license: { fileName: '.vite/license.json' },
    rollupOptions: {
      external: ['electron'],
      // A thread's file is looked for beside what starts it, so all lie in one folder.
      output: { chunkFileNames: '[name].js' },
      input: {
        ...program,
        checkpointWorker: 'main/store/database/checkpointWorker.ts',
        checkWorker: 'main/store/database/checkWorker.ts',
        ageWorker: 'main/backup/ageWorker.ts',
        openWorker: 'main/browserHost/openWorker.ts',
      },
    },
  },
});
