#!/usr/bin/env node
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';
import { underNewNode } from './nodeVersion.mjs';

await underNewNode(() => {
  // Halves the start. Beside the program: who may write there may change the program anyway.
  module.enableCompileCache(fileURLToPath(new URL('../build/cache', import.meta.url)));
  return import('./cli.ts');
});
