// `npm start`: builds what is stale, then runs it. Until there is a window, that serves the endpoint.
import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const built = join(root, 'build/main/cli.js');
const sources = ['main/**/*.ts', 'preload/**/*.ts', 'vite.config.ts', 'package-lock.json'];

const changedMs = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const builtMs = changedMs(built);
if (globSync(sources, { cwd: root }).some((file) => changedMs(join(root, file)) > builtMs)) {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

process.stdout.write(
  'There is no window yet: this serves the endpoint, and `npm run keyfob -- --help` does the rest.\n',
);
process.argv.splice(2, 0, 'serve', '--wait');
await import(built);
