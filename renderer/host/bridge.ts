import { type Bridge, bridgeName } from '../../preload/contract/bridge.ts';
import type { Progress } from '../../preload/contract/define.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { Abilities, MenuGroup } from '../../preload/contract/window.ts';
import { createBridgeClipboard } from './bridgeClipboard.ts';
import type { CallOptions, Host, HostNews } from './host.ts';

/** The bridge that the preload put into this page. Throws in a browser, where there is none. */
function bridgeOf(page: object): Bridge {
  const bridge: unknown = Reflect.get(page, bridgeName);
  if (typeof bridge !== 'object' || bridge === null) throw new Error('this page was loaded without its bridge');
  return bridge as Bridge;
}

/** The host of a page in the desktop program: calls and events through its preload. Rejects with `KeyfobError`. */
export async function openBridgeHost(): Promise<Host> {
  const bridge = bridgeOf(globalThis);
  const progressOf = new Map<number, (progress: Progress) => void>();
  let last = 0;

  async function send(method: string, input: unknown, { signal, onProgress }: CallOptions = {}): Promise<unknown> {
    last += 1;
    const number = last;
    const cancel = () => bridge.cancel(number);
    if (onProgress !== undefined) progressOf.set(number, onProgress);
    signal?.addEventListener('abort', cancel);
    try {
      const answer = bridge.call(method, input, number);
      if (signal?.aborted) cancel();
      const reply = await answer;
      if (reply.ok) return reply.output;
      throw new KeyfobError(reply.error.code, reply.error.message, reply.error.details);
    } catch (error) {
      if (error instanceof KeyfobError) throw error;
      throw new KeyfobError(
        'internal',
        'Keyfob does not answer; close its window and start it again.',
        {},
        { cause: error },
      );
    } finally {
      progressOf.delete(number);
      signal?.removeEventListener('abort', cancel);
    }
  }

  bridge.on('progress', ({ number, progress }) => progressOf.get(number)?.(progress));

  let runChosen: ((id: string) => void) | undefined;
  bridge.on('chosen', ({ id }) => runChosen?.(id));

  return {
    // The main process answers as the contract says.
    call: (name, input, options) => send(name, input, options) as Promise<never>,
    on(listener) {
      // The transport passes events unchanged.
      const stop = bridge.on('event', (event) => listener({ kind: 'event', ...event } as HostNews));
      queueMicrotask(() => listener({ kind: 'connected' }));
      return stop;
    },
    can: (await send('window.abilities', {})) as Abilities,
    clipboard: createBridgeClipboard({
      copy: async (text, secret) => (await send('window.copy', { text, secret })) as { clearAtMs?: number },
      clear: async () => void (await send('window.clearCopied', {})),
    }),
    async showMenu(groups: readonly MenuGroup[], run) {
      runChosen = run;
      await send('window.showMenu', { groups });
    },
  };
}
