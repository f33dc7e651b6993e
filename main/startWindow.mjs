// What `npm start` runs: builds what is stale, then shows the window.
import { join } from 'node:path';
import { hasDisplay } from './browserHost/browser.ts';
import { buildStale } from './build.ts';
import { runElectron } from './electron.ts';

const need = (names) => {
  const status = buildStale(names);
  if (status !== 0) process.exit(status);
};

need(['renderer']);
const why = hasDisplay(process.env, process.platform)
  ? await runElectron(() => need(['desktop', 'preload']))
  : 'there is no display';
process.stdout.write(`No window of its own: ${why}; serving the window to a browser.\n`);
need(['cli']);
process.argv.splice(2, 0, 'window');
await import(join(import.meta.dirname, '../build/main/cli.js'));
