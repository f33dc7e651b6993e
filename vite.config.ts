import { defineConfig } from 'vite';
import { nodeBundle } from './main/packaging/nodeBundle.ts';

/** Bundles the installed command line, and what the package exports. */
export default defineConfig(nodeBundle('main', { cli: 'main/cli.ts', node: 'main/serve/startKeyfob.ts' }));
