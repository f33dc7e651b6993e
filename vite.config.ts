import { defineConfig } from 'vite';

/** The Node bundle: the command line with everything it loads later, and the store's worker. Packages stay outside. */
export default defineConfig({
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'build/main',
    minify: false,
    rollupOptions: { input: { cli: 'main/cli.ts' } },
  },
});
