import type { HostNews } from './host.ts';

type Tell = (news: HostNews) => void;

/** A message between tabs. It holds no secret, because events hold none. */
type TabMessage =
  /** Asks which tab streams. */
  | { readonly asks: string }
  /** The streaming tab answers with the state of its connection, if it knows it already. */
  | { readonly answers: string; readonly news: HostNews | undefined }
  /** The streaming tab passes on news to all other tabs. */
  | { readonly news: HostNews };

const name = 'keyfob.events';
/** How long a tab waits for the streaming tab, which answers immediately unless the browser froze it. */
const patienceMs = 3000;

function expectAbort(error: unknown): void {
  if (!(error instanceof DOMException) || error.name !== 'AbortError') throw error;
}

/**
 * Shares one event stream between all tabs. Browsers allow six connections to one address, and a stream occupies one. The tab
 * that holds a Web Lock streams and passes on its news. When it closes, the browser gives the lock to the next tab. When it
 * does not answer or loses its connection, a visible tab steals the lock. `stream` runs until its signal is aborted, or until
 * the session of this tab ends. Gives the function that stops all this.
 */
export function shareEvents(stream: (signal: AbortSignal, tell: Tell) => Promise<void>, tell: Tell): () => void {
  const stopped = new AbortController();
  const channel = new BroadcastChannel(name);
  const me = crypto.randomUUID();
  let streaming = false;
  /** The state of the connection, while this tab streams. */
  let connection: HostNews | undefined;
  /** While this tab waits for the lock: steals it. */
  let seize: (() => void) | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const say = (message: TabMessage) => channel.postMessage(message);

  function stopWaiting(): void {
    clearTimeout(patience);
    patience = undefined;
  }

  function startWaiting(): void {
    if (streaming || document.visibilityState === 'hidden') return;
    patience ??= setTimeout(() => {
      patience = undefined;
      seize?.();
    }, patienceMs);
  }

  function ask(): void {
    if (streaming) return;
    say({ asks: me });
    startWaiting();
  }

  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if ('asks' in data) {
      if (streaming) say({ answers: data.asks, news: connection });
      return;
    }
    const { news } = data;
    // Browsers slow down hidden tabs, so this tab may have to steal the lock.
    if (news?.kind === 'lost') startWaiting();
    else stopWaiting();
    const mine = !('answers' in data) || data.answers === me;
    if (mine && !streaming && news !== undefined) tell(news);
  };

  async function streamForAll(signal: AbortSignal): Promise<void> {
    streaming = true;
    seize = undefined;
    stopWaiting();
    await stream(signal, (news) => {
      tell(news);
      // The session of this tab does not concern the others.
      if (news.kind === 'ended') return;
      if (news.kind !== 'event') connection = news;
      say({ news });
    });
  }

  async function takeTurns(): Promise<void> {
    let steal = false;
    while (!stopped.signal.aborted) {
      const waiting = new AbortController();
      const turn = new AbortController();
      seize = () => {
        steal = true;
        waiting.abort();
      };
      const options = steal ? { steal } : { signal: AbortSignal.any([waiting.signal, stopped.signal]) };
      steal = false;
      const work = () => streamForAll(AbortSignal.any([turn.signal, stopped.signal]));
      // Rejects when this tab stops waiting, and when another tab steals the lock.
      await navigator.locks.request(name, options, work).catch(expectAbort);
      turn.abort();
      streaming = false;
      connection = undefined;
    }
  }

  document.addEventListener('visibilitychange', ask);
  // Only errors of listeners can reject here. The page reports them as unhandled rejections.
  void takeTurns();
  ask();
  return () => {
    stopped.abort();
    document.removeEventListener('visibilitychange', ask);
    stopWaiting();
    channel.close();
  };
}
