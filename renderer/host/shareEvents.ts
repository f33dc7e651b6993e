import type { HostNews } from './host.ts';

type Tell = (news: HostNews) => void;

/** What tabs of the window say to each other; no secrets, as events carry none. */
type Word =
  /** Who streams? */
  | { readonly asks: string }
  /** I do, and this is how it stands; nothing yet, right after a start. */
  | { readonly answers: string; readonly news: HostNews | undefined }
  /** To all others. */
  | { readonly news: HostNews };

const name = 'keyfob.events';
/** A tab that streams answers at once, unless the browser froze it; with a connection, it soon has one again. */
const patienceMs = 3000;

function expectAbort(error: unknown): void {
  if (!(error instanceof DOMException) || error.name !== 'AbortError') throw error;
}

/**
 * Browsers keep six connections to one address, and a stream takes one for good: so of all tabs of the window one streams, and
 * passes on what it hears. Who it is, a lock decides, which the browser hands to the next tab when that one closes. A tab that does
 * not answer, or finds no connection, while a person looks at another loses it. `stream` streams until its signal is aborted, or returns when this tab's
 * session is over. Returns how to stop.
 */
export function shareEvents(stream: (signal: AbortSignal, tell: Tell) => Promise<void>, tell: Tell): () => void {
  const stopped = new AbortController();
  const channel = new BroadcastChannel(name);
  const me = crypto.randomUUID();
  let streaming = false;
  /** Whether it hears Keyfob, when it streams. */
  let standing: HostNews | undefined;
  /** While it waits for its turn: gives up waiting, and takes the turn. */
  let seize: (() => void) | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const say = (word: Word) => channel.postMessage(word);

  function beContent(): void {
    clearTimeout(patience);
    patience = undefined;
  }

  function loseContent(): void {
    if (streaming || document.visibilityState === 'hidden') return;
    patience ??= setTimeout(() => {
      patience = undefined;
      seize?.();
    }, patienceMs);
  }

  function ask(): void {
    if (streaming) return;
    say({ asks: me });
    loseContent();
  }

  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if ('asks' in data) {
      if (streaming) say({ answers: data.asks, news: standing });
      return;
    }
    const { news } = data;
    // Browsers let hidden tabs wait long before they try again.
    if (news?.kind === 'lost') loseContent();
    else beContent();
    const mine = !('answers' in data) || data.answers === me;
    if (mine && !streaming && news !== undefined) tell(news);
  };

  async function streamForAll(signal: AbortSignal): Promise<void> {
    streaming = true;
    seize = undefined;
    beContent();
    await stream(signal, (news) => {
      tell(news);
      // The session of this tab is no matter of the others.
      if (news.kind === 'ended') return;
      if (news.kind !== 'event') standing = news;
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
      // Rejects when it stops waiting, and when another tab takes the turn away.
      await navigator.locks.request(name, options, work).catch(expectAbort);
      turn.abort();
      streaming = false;
      standing = undefined;
    }
  }

  document.addEventListener('visibilitychange', ask);
  // Nothing in it throws but a listener's own fault, which the page's error handling hears of.
  void takeTurns();
  ask();
  return () => {
    stopped.abort();
    document.removeEventListener('visibilitychange', ask);
    beContent();
    channel.close();
  };
}
