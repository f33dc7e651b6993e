import { subscribe } from 'node:diagnostics_channel';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp } from '../../../main/app/app.ts';
import { startBrowserHost } from '../../../main/browserHost/host.ts';
import { windowFolder } from '../../../main/page/folder.ts';
import type { Reply } from '../../../preload/contract/wire.ts';
import { seed } from '../../bench/seed.ts';
import { copyVault } from './copyVault.ts';

/** The data folder that an app opens: empty, with a vault under the specs' passphrase, or with stored tokens under the benchmark's. */
export type Content = 'nothing' | 'vault' | { readonly tokens: number };

/** Questions that a spec's process asks. */
export type Ask =
  | { readonly ask: 'open'; readonly content: Content }
  | { readonly ask: 'url' }
  | { readonly ask: 'call'; readonly method: string; readonly input: unknown }
  | { readonly ask: 'advance'; readonly seconds: number }
  | { readonly ask: 'cut' }
  | { readonly ask: 'close' };

/** Answers, by the number of the question. `faults` are those that no input should cause. */
export interface Told {
  readonly id: number;
  readonly url?: string;
  readonly reply?: Reply;
  readonly faults?: readonly string[];
  /** The question failed: the stack of its error. */
  readonly error?: string;
}
type Answer = Omit<Told, 'id'>;

// A process of its own: the specs' runner compiles what it imports, and the app must run as it is.
// It serves all specs of a worker, one app after the other, as starting a process takes longer than most of them.
const connections = new Set<Socket>();
subscribe('net.server.socket', (message) => {
  if (typeof message !== 'object' || message === null || !('socket' in message)) return;
  const { socket } = message;
  if (!(socket instanceof Socket)) return;
  connections.add(socket);
  socket.once('close', () => connections.delete(socket));
});

/** A folder with that many tokens, which takes seconds to fill: the apps of this process open copies. */
let stored: { readonly tokens: number; readonly parent: string; readonly folder: string } | undefined;

async function storedTokens(tokens: number): Promise<string> {
  if (stored?.tokens !== tokens) {
    removeStored();
    const parent = mkdtempSync(join(tmpdir(), 'keyfob-ui-stored-'));
    stored = { tokens, parent, folder: (await seed(parent, tokens)).folder };
  }
  return stored.folder;
}

function removeStored(): void {
  if (stored !== undefined) rmSync(stored.parent, { recursive: true, force: true });
  stored = undefined;
}

async function fill(folder: string, content: Content): Promise<void> {
  if (content === 'vault') copyVault(folder);
  if (typeof content === 'object') cpSync(await storedTokens(content.tokens), folder, { recursive: true });
}

/** The port of the last app. The next one takes it as well, so that the browser's page keeps its origin. */
let port = 0;

async function open(content: Content) {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-ui-'));
  await fill(folder, content);
  const faults: string[] = [];
  const onError = (error: unknown) => faults.push(error instanceof Error ? String(error.stack) : String(error));
  let movedMs = 0;
  const app = await openApp({ folder, what: 'a spec', realTimeMs: () => Date.now() + movedMs, onError });
  const { dispatch } = app;
  const parts = { folder: windowFolder(), dispatch, subscribe: app.events.onAny, onError };
  const host = await startBrowserHost({ ...parts, port }).catch(() => startBrowserHost({ ...parts, port: 0 }));
  port = host.port;
  return {
    dispatch,
    newUrl: host.newUrl,
    advance(seconds: number) {
      movedMs += seconds * 1000;
    },
    async close() {
      await host.close();
      await app.close();
      rmSync(folder, { recursive: true, force: true });
      return { faults };
    },
  };
}

let opened: Awaited<ReturnType<typeof open>> | undefined;

async function answer(ask: Ask): Promise<Answer> {
  if (ask.ask === 'open') {
    if (opened !== undefined) throw new Error('the app of the spec before is still open');
    opened = await open(ask.content);
    return {};
  }
  if (opened === undefined) throw new Error('no app is open');
  if (ask.ask === 'url') return { url: opened.newUrl() };
  if (ask.ask === 'call') return { reply: await opened.dispatch({ method: ask.method, input: ask.input }) };
  if (ask.ask === 'cut') for (const connection of connections) connection.destroy();
  if (ask.ask === 'advance') opened.advance(ask.seconds);
  if (ask.ask !== 'close') return {};
  const { close } = opened;
  opened = undefined;
  return await close();
}

process.on('message', async ({ id, ...ask }: Ask & { readonly id: number }) => {
  const told = await answer(ask).catch((error: Error): Answer => ({ error: error.stack ?? error.message }));
  process.send?.({ id, ...told } satisfies Told);
});
process.once('disconnect', async () => {
  await opened?.close();
  removeStored();
  process.exit();
});
