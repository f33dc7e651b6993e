import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const changedMs = (file: string) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Builds the window when it is older than what it is made of. Throws when it cannot be built. */
export default function buildWindow(): void {
  const sources = ['renderer/**/*.*', 'preload/contract/*.ts', 'vite.renderer.config.ts', 'package-lock.json'];
  const builtMs = changedMs('build/renderer/index.html');
  if (!globSync(sources, { cwd: root }).some((file) => changedMs(file) > builtMs)) return;
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', '--config', 'vite.renderer.config.ts', '--logLevel', 'warn'];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('the window could not be built');
}
