// What `npm start` runs: builds what is stale, then shows the window.
import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const program = join(root, 'build/main/cli.js');

const bundles = [
  { config: 'vite.config.ts', built: program, sources: ['main/**/*.ts', 'preload/**/*.ts'] },
  {
    config: 'vite.renderer.config.ts',
    built: join(root, 'build/renderer/index.html'),
    sources: ['renderer/**/*', 'preload/**/*.ts'],
  },
];

const changedMs = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

for (const { config, built, sources } of bundles) {
  const builtMs = changedMs(built);
  const inputs = globSync([...sources, config, 'package-lock.json'], { cwd: root });
  if (!inputs.some((file) => changedMs(join(root, file)) > builtMs)) continue;
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--config', config, '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

const { hasDisplay } = await import('./browserHost/browser.ts');
const why = hasDisplay(process.env, process.platform) ? 'Electron is not installed' : 'there is no display';
process.stdout.write(`No window of its own: ${why}; serving the window to a browser.\n`);
process.argv.splice(2, 0, 'window');
await import(program);
