import { defineConfig } from 'vite';
import { nodeBundle } from './main/packaging/nodeBundle.ts';

/** The desktop program: what Electron starts. */
export default defineConfig(nodeBundle('desktop', { main: 'main/main.ts' }));
