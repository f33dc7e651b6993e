import type { HostNews } from './host.ts';
import { jsonLines } from './lines.ts';

const firstWaitMs = 250;
const longestWaitMs = 5000;

/** Waits. Returns early when the browser reports that the network is back. */
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

/** Streams the events of one connection until it ends. Gives `refused` when the session is not accepted. */
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
    // The transport passes events unchanged.
    tell({ kind: 'event', ...(line as object) } as HostNews);
  }
  return 'ended';
}

/**
 * Streams events until `signal` is aborted. Reconnects at growing intervals when the stream breaks. Also returns after `ended`,
 * when the session is no longer accepted. Uses `fetch` because EventSource can't send the bearer.
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
