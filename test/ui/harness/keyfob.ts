import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { InputOf, OutputOf } from '../../../preload/contract/define.ts';
import type { MethodName, MethodOf } from '../../../preload/contract/index.ts';
import type { Ask, Content, Told } from './server.ts';

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

/** A process that serves apps, one at a time. */
export interface KeyfobServer {
  open(content: Content): Promise<ServedKeyfob>;
  /** Ends the process; rejects when it ended badly. */
  end(): Promise<void>;
}

export const passphrase = 'correct horse battery staple';

/** Nobody answers there: the specs do not ask the keychain of whoever runs them. */
export const noSessionBus = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' };

/** Starts the process; `env` adds to its environment, like the session bus of a keychain. */
export function startServer(env: Readonly<Record<string, string>> = noSessionBus): KeyfobServer {
  const child = fork(resolve(import.meta.dirname, 'server.ts'), {
    execArgv: [],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (told: Told) => void>();
  let last = 0;
  child.on('message', (told: Told) => {
    waiting.get(told.id)?.(told);
    waiting.delete(told.id);
  });
  const ended = once(child, 'exit');
  const died = ended.then(([code]): never => {
    throw new Error(`the process of the apps under test ended (${code})`);
  });
  died.catch(() => undefined);

  async function ask(question: Ask): Promise<Told> {
    last += 1;
    const id = last;
    const answered = new Promise<Told>((done) => waiting.set(id, done));
    child.send({ id, ...question });
    const told = await Promise.race([answered, died]);
    if (told.error !== undefined) throw new Error(told.error);
    return told;
  }

  return {
    async open(content) {
      await ask({ ask: 'open', content });
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
          const { faults = [] } = await ask({ ask: 'close' });
          if (faults.length > 0) throw new Error(`the app under test met faults:\n${faults.join('\n')}`);
        },
      };
    },
    async end() {
      child.disconnect();
      const [code] = await ended;
      if (code !== 0) throw new Error(`the process of the apps under test ended badly (${code})`);
    },
  };
}
