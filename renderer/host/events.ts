import type { HostNews } from './host.ts';
import { jsonLines } from './lines.ts';

const firstWaitMs = 250;
const longestWaitMs = 5000;

/** Waits, but no longer than until the browser says that the network is back. */
function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener('online', go);
      signal.removeEventListener('abort', go);
      resolve();
    };
    const timer = setTimeout(go, waitMs);
    addEventListener('online', go);
    signal.addEventListener('abort', go);
  });
}

/** One connection's worth of events; returns when it ended, `refused` when it never began for want of a session. */
async function stream(
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  tell: (news: HostNews) => void,
): Promise<'refused' | 'ended'> {
  const response = await fetch('/events', { headers, signal, cache: 'no-store', credentials: 'omit' });
  if (response.status === 401) return 'refused';
  if (!response.ok || response.body === null) return 'ended';
  tell({ kind: 'connected' });
  for await (const line of jsonLines(response.body)) {
    // What comes here is an event by its type in the contract; the transport adds nothing.
    tell({ kind: 'event', ...(line as object) } as HostNews);
  }
  return 'ended';
}

/**
 * Streams events until `signal` is aborted, and connects again, at growing intervals, whenever the stream breaks off. Returns
 * also when the session is no longer accepted, which it tells. EventSource could not send the bearer, hence `fetch`.
 */
export async function streamEvents(
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  tell: (news: HostNews) => void,
): Promise<void> {
  let waitMs = firstWaitMs;
  const hear = (news: HostNews) => {
    if (signal.aborted) return;
    waitMs = firstWaitMs;
    tell(news);
  };
  while (!signal.aborted) {
    const outcome = await stream(headers, signal, hear).catch(() => 'ended' as const);
    if (signal.aborted) return;
    if (outcome === 'refused') return tell({ kind: 'ended' });
    tell({ kind: 'lost' });
    await pause(waitMs, signal);
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  }
}
