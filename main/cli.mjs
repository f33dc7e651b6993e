#!/usr/bin/env node
// The command line: from source where that is, else (installed from npm, where Node takes no TypeScript) as it was built.
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';
import { underNewNode } from './system/nodeVersion.mjs';

const source = new URL('./cli.ts', import.meta.url);

await underNewNode(() => {
  // Halves the start. Beside the program: who may write there may change the program anyway; who may not does without.
  module.enableCompileCache(fileURLToPath(new URL('../build/cache', import.meta.url)));
  return import(existsSync(source) ? source.href : new URL('../build/main/cli.js', import.meta.url).href);
});
