import type { Progress } from '../../preload/contract/define.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { Frame, Reply } from '../../preload/contract/wire.ts';
import { streamEvents } from './events.ts';
import type { CallOptions, Host, HostNews } from './host.ts';
import { jsonLines } from './lines.ts';
import { createPageClipboard } from './pageClipboard.ts';
import { forgetSession, openSession, type Refused } from './session.ts';
import { shareEvents } from './shareEvents.ts';

async function replyFrom(response: Response, onProgress: (progress: Progress) => void): Promise<Reply | undefined> {
  if (response.body === null) return undefined;
  for await (const line of jsonLines(response.body)) {
    const frame = line as Frame;
    if ('reply' in frame) return frame.reply;
    onProgress(frame.progress);
  }
  return undefined;
}

function silent(cause: unknown): KeyfobError {
  const message =
    'Keyfob does not answer. Check whether it still runs where you started it, and start it again if not.';
  return new KeyfobError('internal', message, {}, { cause });
}

function cancelled(last: Progress | undefined, cause: unknown): KeyfobError {
  const stays = last === undefined ? '' : ` At least ${last.done} of ${last.total} were done before, and stay.`;
  return new KeyfobError('cancelled', `Cancelled.${stays}`, {}, { cause });
}

/** Opens the session of this page. Gives its host, or why there is no session. */
export async function openBrowserHost(): Promise<Host | Refused> {
  const session = await openSession();
  return 'refused' in session ? session : createBrowserHost(session.bearer);
}

/** The host of a page served by plain Node: calls and events by `fetch` from the page's own origin. */
function createBrowserHost(bearer: string): Host {
  const listeners = new Set<(news: HostNews) => void>();
  const headers = { authorization: `Bearer ${bearer}` };
  let stopSharing: (() => void) | undefined;

  const stopWatching = () => {
    stopSharing?.();
    stopSharing = undefined;
  };
  const tell = (news: HostNews) => {
    if (news.kind === 'ended') {
      forgetSession();
      stopWatching();
    }
    for (const listener of listeners) listener(news);
  };

  async function send(method: string, input: unknown, options: CallOptions): Promise<unknown> {
    let last: Progress | undefined;
    let reply: Reply | undefined;
    try {
      const response = await fetch('/call', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ method, input }),
        cache: 'no-store',
        credentials: 'omit',
        signal: options.signal ?? null,
        keepalive: options.outlivesPage ?? false,
      });
      reply = await replyFrom(response, (progress) => {
        last = progress;
        options.onProgress?.(progress);
      });
    } catch (error) {
      throw options.signal?.aborted ? cancelled(last, error) : silent(error);
    }
    if (reply === undefined) throw silent('the answer ended before its reply');
    if (reply.ok) return reply.output;
    const { code, message, details } = reply.error;
    if (code === 'unauthenticated') tell({ kind: 'ended' });
    throw new KeyfobError(code, message, details);
  }

  return {
    // Keyfob answers as the contract says.
    call: (name, input, options = {}) => send(name, input, options) as Promise<never>,
    on(listener) {
      listeners.add(listener);
      stopSharing ??= shareEvents((signal, hear) => streamEvents(headers, signal, hear), tell);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stopWatching();
      };
    },
    can: { nativeMenu: false, tray: false, contentProtection: false, screenLock: false },
    clipboard: createPageClipboard(),
    showMenu: async () => undefined,
  };
}
