// Keyfob with its window served to browsers, over the data folder that the argument names. Sends the address that opens
// the window; answers any message with the longest time in ms that it was blocked since the last one; ends with the
// process that started it.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openApp } from '../../main/app/app.ts';
import { startBrowserHost } from '../../main/browserHost/host.ts';
import { windowFolder } from '../../main/page/folder.ts';
import { passphrase } from './seed.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('Name the data folder.');

const onError = (error: unknown) => {
  process.stderr.write(`${error}\n`);
};
const app = await openApp({ folder, what: 'the benchmark', onError });
await app.vault.unlock(passphrase);
const host = await startBrowserHost({
  port: 0,
  folder: windowFolder(),
  dispatch: app.dispatch,
  subscribe: app.events.onAny,
  onError,
});
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.send?.(host.newUrl());

process.on('message', () => {
  const blockedMs = delay.max / 1e6;
  delay.reset();
  process.send?.(blockedMs);
});
process.on('disconnect', async () => {
  await host.close();
  await app.close();
  process.exit(0);
});
