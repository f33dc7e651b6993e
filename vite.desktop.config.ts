import { defineConfig } from 'vite';
import { nodeBundle } from './main/packaging/nodeBundle.ts';

/** Bundles the desktop program for Electron. */
export default defineConfig(nodeBundle('desktop', { main: 'main/main.ts' }));
