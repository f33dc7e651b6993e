import type { Handlers } from '../../../preload/contract/index.ts';
import type { Ports } from '../ports/ports.ts';
import { searchAll, tokenFilterOf } from './shared/tokenQueries.ts';

const dayMs = 86_400_000;

export const todayHandlers = (ports: Ports): Handlers['today'] => ({
  *read({ sinceMs, untilMs }) {
    const { clock, store, endpoint, vault } = ports;
    const nowMs = clock.realTimeMs();
    const [since, until] = [sinceMs ?? nowMs - dayMs, Math.min(untilMs ?? nowMs, nowMs)];
    // The clock offset and the skew move expiries, and nothing else.
    const shiftMs = clock.tokenTimeMs() - nowMs - store.settings.read().skewSeconds * 1000;
    const expiredSinceMs = Math.max(0, since + shiftMs);
    const filter = { ...tokenFilterOf(ports, { expiredSinceMs }), expiresUntilMs: until + shiftMs };
    const counts = yield* searchAll(ports, undefined, (beforeId) => store.tokens.countByState({ ...filter, beforeId }));
    const refusals = endpoint.requests
      .rows()
      .filter(({ status, atMs }) => status >= 400 && status < 500 && atMs > since && atMs <= until);
    return {
      expired: counts.reduce((sum, { ACTIVE }) => sum + ACTIVE, 0),
      expiredSinceMs,
      refused: refusals.reduce((sum, { count = 1 }) => sum + count, 0),
      recoveryKey: vault.status().recoveryKey,
    };
  },
});
