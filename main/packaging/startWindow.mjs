// What `npm start` runs: builds what is stale, then shows the window.
import { hasDisplay } from '../browserHost/browser.ts';
import { buildStale } from './build.ts';
import { runElectron } from './electron.ts';

const need = (names) => {
  const status = buildStale(names);
  if (status !== 0) process.exit(status);
};

/** Switches of Chromium, which mean nothing to `keyfob window`. */
const ofChromium = /^--(no-sandbox$|disable-|enable-|force-|ozone-|use-)/;
const args = process.argv.slice(2);

need(['renderer']);
const why = hasDisplay(process.env, process.platform)
  ? await runElectron(() => need(['desktop', 'preload']), args)
  : 'there is no display';
process.stdout.write(`No window of its own: ${why}; serving the window to a browser.\n`);
need(['cli']);
process.argv.splice(2, args.length, 'window', ...args.filter((arg) => !ofChromium.test(arg)));
await import(new URL('../../build/main/cli.js', import.meta.url).href);
