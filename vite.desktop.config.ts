import { defineConfig } from 'vite';

/** The desktop program: what Electron starts, with what it loads later, and the store's worker. Native modules stay outside. */
export default defineConfig({
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'build/desktop',
    emptyOutDir: true,
    rollupOptions: {
      external: ['electron'],
      // The store looks for its worker beside itself, so all lie in one folder.
      output: { chunkFileNames: '[name].js' },
      input: { main: 'main/main.ts', checkpointWorker: 'main/store/checkpointWorker.ts' },
    },
  },
});
