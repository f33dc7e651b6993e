import { subscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp } from '../../main/app/app.ts';
import { startBrowserHost } from '../../main/browserHost/host.ts';
import { windowFolder } from '../../main/page/folder.ts';
import type { Reply } from '../../preload/contract/wire.ts';
import { seed } from '../bench/seed.ts';

/** What a spec's process asks of the app under test. */
export type Ask =
  | { readonly ask: 'url' }
  | { readonly ask: 'call'; readonly method: string; readonly input: unknown }
  | { readonly ask: 'advance'; readonly seconds: number }
  | { readonly ask: 'cut' };

/** Answers of the app under test, by the number of the question. */
export type Told = { readonly id: number } & (
  | { readonly url: string }
  | { readonly reply: Reply }
  | { readonly faults: readonly string[] }
);

// A process of its own: the specs' runner compiles what it imports, and the app runs as it is.
const parent = mkdtempSync(join(tmpdir(), 'keyfob-ui-'));
/** So many tokens the store holds from the start; its vault is then locked, under the benchmark's passphrase. */
const stored = Number(process.env.KEYFOB_TEST_TOKENS ?? 0);
const folder = stored === 0 ? parent : (await seed(parent, stored)).folder;
const faults: string[] = [];
const connections = new Set<Socket>();
subscribe('net.server.socket', (message) => {
  if (typeof message !== 'object' || message === null || !('socket' in message)) return;
  const { socket } = message;
  if (!(socket instanceof Socket)) return;
  connections.add(socket);
  socket.once('close', () => connections.delete(socket));
});
let movedMs = 0;
const onError = (error: unknown) => faults.push(error instanceof Error ? String(error.stack) : String(error));
const app = await openApp({ folder, what: 'a spec', realTimeMs: () => Date.now() + movedMs, onError });
const host = await startBrowserHost({
  port: 0,
  folder: windowFolder(),
  dispatch: app.dispatch,
  subscribe: app.events.onAny,
  onError,
});

async function answer(ask: Ask): Promise<object> {
  if (ask.ask === 'url') return { url: host.newUrl() };
  if (ask.ask === 'call') return { reply: await app.dispatch({ method: ask.method, input: ask.input }) };
  if (ask.ask === 'cut') for (const connection of connections) connection.destroy();
  else movedMs += ask.seconds * 1000;
  return { faults };
}

process.on('message', async ({ id, ...ask }: Ask & { readonly id: number }) => {
  process.send?.({ id, ...(await answer(ask)) });
});
process.once('disconnect', async () => {
  await host.close();
  await app.close();
  rmSync(parent, { recursive: true, force: true });
  process.stderr.write(faults.join('\n'));
  process.exit(faults.length === 0 ? 0 : 3);
});
process.send?.({ id: 0, url: host.newUrl() });
