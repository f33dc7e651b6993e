import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { InputOf, OutputOf } from '../../preload/contract/define.ts';
import type { MethodName, MethodOf } from '../../preload/contract/index.ts';
import type { Reply } from '../../preload/contract/wire.ts';
import type { Ask } from './server.ts';

/** A real app over a new data folder, with its window served to browsers. */
export interface ServedKeyfob {
  /** An address that opens the window once. */
  newUrl(): Promise<string>;
  /** Calls a contract method, to set the scene or to look behind it. Rejects with what the reply says. */
  call<N extends MethodName>(name: N, input: InputOf<MethodOf<N>>): Promise<OutputOf<MethodOf<N>>>;
  /** Moves the app's real time, and token time with it. The browser's clock stays. */
  advanceSeconds(seconds: number): Promise<void>;
  /** Cuts every connection off, those of the window among them. */
  cut(): Promise<void>;
  /** Ends it, and removes its folder; rejects when it met faults that no input should cause. */
  close(): Promise<void>;
}

export const passphrase = 'correct horse battery staple';

type Answer = { readonly id: number; readonly url?: string; readonly reply?: Reply };

/** Nobody answers there: the specs do not ask the keychain of whoever runs them. */
export const noSessionBus = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' };

/** Starts it in a process of its own; `env` adds to the environment, like the session bus of a keychain. */
export async function serveKeyfob(env: Readonly<Record<string, string>> = noSessionBus): Promise<ServedKeyfob> {
  const child = fork(resolve(import.meta.dirname, 'server.ts'), {
    execArgv: [],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  const ended = once(child, 'exit');
  const ready = new Promise<Answer>((done) => waiting.set(0, done));
  await Promise.race([
    ready,
    ended.then(() => {
      throw new Error('the app under test ended before it was ready');
    }),
  ]);

  const ask = (question: Ask): Promise<Answer> =>
    new Promise((done) => {
      last += 1;
      waiting.set(last, done);
      child.send({ id: last, ...question });
    });

  return {
    newUrl: async () => (await ask({ ask: 'url' })).url ?? '',
    async call(method, input) {
      const { reply } = await ask({ ask: 'call', method, input });
      if (reply?.ok !== true) throw new Error(`${method}: ${reply?.error.message}`);
      // The app answers by the contract, which is what the types say.
      return reply.output as never;
    },
    async advanceSeconds(seconds) {
      await ask({ ask: 'advance', seconds });
    },
    async cut() {
      await ask({ ask: 'cut' });
    },
    async close() {
      child.disconnect();
      const [code] = await ended;
      if (code !== 0) throw new Error(`the app under test met faults, or ended badly (${code})`);
    },
  };
}
