import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The window: one page, a chunk per screen. Nothing is inlined, so that a strict CSP needs no exception. */
export default defineConfig({
  root: resolve(import.meta.dirname, 'renderer'),
  base: '/',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: resolve(import.meta.dirname, 'build/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
