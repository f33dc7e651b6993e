import { defineConfig } from 'vite';
import { nodeBundle } from './main/packaging/nodeBundle.ts';

/** The command line, as it is installed. */
export default defineConfig(nodeBundle('main', { cli: 'main/cli.ts' }));
