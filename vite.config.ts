import { defineConfig } from 'vite';

/** The Node bundle: the command line with what it loads later, and the store's worker. Native modules stay outside. */
export default defineConfig({
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'build/main',
    emptyOutDir: true,
    rollupOptions: {
      // The store looks for its worker beside itself, so all lie in one folder.
      output: { chunkFileNames: '[name].js' },
      input: {
        cli: 'main/cli.ts',
        checkpointWorker: 'main/store/checkpointWorker.ts',
        checkWorker: 'main/store/checkWorker.ts',
        ageWorker: 'main/backup/ageWorker.ts',
      },
    },
  },
});
