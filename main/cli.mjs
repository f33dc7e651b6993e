#!/usr/bin/env node
// The command line: from source in a clone, else as built. Node runs no TypeScript in an installed package.
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';
import { underNewNode } from './system/nodeVersion.mjs';

const source = new URL('./cli.ts', import.meta.url);

await underNewNode(() => {
  // The compile cache halves the start. It is in the program's folder, which only people who can change the program can write.
  module.enableCompileCache(fileURLToPath(new URL('../build/cache', import.meta.url)));
  return import(existsSync(source) ? source.href : new URL('../build/main/cli.js', import.meta.url).href);
});
