import { defineConfig } from 'vite';

/** Bundles the preload into one CommonJS file, because a sandboxed preload can load nothing else. */
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
