import { duration } from '../../../../preload/contract/durations.ts';
import { whyNotServed } from '../../clients/client.ts';
import { explain } from '../../decisions/reasons.ts';
import type { Ports } from '../../ports/ports.ts';
import type { TokenRow } from '../../ports/store/tokens.ts';
import { isPurged } from '../../references.ts';
import { clientOfValid, remainingMs } from '../../tokens/lifetime.ts';

/** Whether a token is valid now, and why not, as sentences for people. */
export const tokenNow = (ports: Ports, { id }: TokenRow): string => {
  const row = ports.store.tokens.byId(id);
  if (row === undefined) return `Token ${id} was purged.`;
  if (row.state !== 'ACTIVE') {
    const last = ports.store.tokens.history(id).at(-1);
    const why = last === undefined ? '' : ` ${explain(last.reason, isPurged(ports))}`;
    return `Token ${id} is ${row.state}.${why}`;
  }
  const left = remainingMs(ports, row, ports.clock.tokenTimeMs());
  if (left <= 0) return `Token ${id} expired ${duration(-left / 1000)} ago.`;
  if (clientOfValid(ports, row) === undefined)
    return `Token ${id} is not valid, because ${whyNotServed(ports, row.keySetId)}.`;
  return left === Number.POSITIVE_INFINITY
    ? `Token ${id} is valid, and never expires.`
    : `Token ${id} is valid for another ${duration(left / 1000)}.`;
};
