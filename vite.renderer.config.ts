import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const renderer = resolve(import.meta.dirname, 'renderer');

/**
 * Bundles the window: one page per host, one chunk per screen, one chunk of shared code. Nothing is inlined, so a strict
 * CSP needs no exception.
 */
export default defineConfig({
  root: renderer,
  base: '/',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: resolve(import.meta.dirname, 'build/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    // One shared chunk on purpose (decision 141).
    chunkSizeWarningLimit: 1024,
    license: { fileName: '.vite/license.json' },
    rolldownOptions: {
      input: { index: resolve(renderer, 'index.html'), desktop: resolve(renderer, 'desktop.html') },
      output: {
        codeSplitting: {
          // zod's core is in `start`: a page configures it before it loads the schemas in `shared`.
          groups: [
            { name: 'start', tags: ['$initial'], minShareCount: 2, priority: 1 },
            { name: 'shared', minShareCount: 2 },
          ],
        },
      },
    },
    modulePreload: { polyfill: false },
  },
});
