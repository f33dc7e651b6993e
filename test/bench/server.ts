// Keyfob over the data folder that the argument names, for the load generator. Says where it listens in one line;
// answers any message with its memory; ends with the process that started it.
import { openApp } from '../../main/app/app.ts';
import type { Memory } from './processes.ts';
import { passphrase } from './seed.ts';

const mebibyte = 1024 * 1024;
const [, , folder, settings = '{}'] = process.argv;
if (folder === undefined) throw new Error('Name the data folder.');

const app = await openApp({
  folder,
  what: 'the benchmark',
  onError(error) {
    process.stderr.write(`${error}\n`);
  },
});
await app.vault.unlock(passphrase);
await app.call('settings.write', JSON.parse(settings));
const { port, httpPort } = await app.call('endpoint.start', { port: 0, httpPort: 0 });
const ready = { http: `http://127.0.0.1:${httpPort}`, https: `https://127.0.0.1:${port}` };
process.stdout.write(`${JSON.stringify(ready)}\n`);

process.on('message', () => {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const memory: Memory = { rssMiB: rss / mebibyte, heapMiB: heapUsed / mebibyte };
  process.send?.(memory);
});
process.on('disconnect', () => {
  app.close().then(() => process.exit(0));
});
