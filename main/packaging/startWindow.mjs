// `npm start` builds stale bundles, then shows the window: in Electron if possible, else in a browser.
import { hasDisplay } from '../browserHost/browser.ts';
import { buildStale } from './build.ts';
import { runElectron } from './electron.ts';

const buildOrExit = (names) => {
  const status = buildStale(names);
  if (status !== 0) process.exit(status);
};

/** Switches of Chromium. `keyfob window` would refuse them. */
const chromiumSwitch = /^--(no-sandbox$|disable-|enable-|force-|ozone-|use-)/;
const args = process.argv.slice(2);

buildOrExit(['renderer']);
const why = hasDisplay(process.env, process.platform)
  ? await runElectron(() => buildOrExit(['desktop', 'preload']), args)
  : 'No display found';
process.stdout.write(`${why}, so Keyfob opens in your browser.\n`);
buildOrExit(['cli']);
process.argv.splice(2, args.length, 'window', ...args.filter((arg) => !chromiumSwitch.test(arg)));
await import(new URL('../../build/main/cli.js', import.meta.url).href);
