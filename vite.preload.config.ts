import { defineConfig } from 'vite';

/** The preload: one CommonJS file, as a sandboxed one can load no other. */
export default defineConfig({
  build: {
    target: 'chrome140',
    outDir: 'build/preload',
    emptyOutDir: true,
    minify: false,
    license: { fileName: '.vite/license.json' },
    lib: { entry: 'preload/bridge.ts', formats: ['cjs'], fileName: () => 'bridge.cjs' },
    rollupOptions: { external: ['electron'] },
  },
});
