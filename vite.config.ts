import { defineConfig } from 'vite';
import { nodeBundle } from './main/packaging/nodeBundle.ts';

/** Bundles the installed command line. */
export default defineConfig(nodeBundle('main', { cli: 'main/cli.ts' }));
