import type { DecisionLog } from '../engine/ports/ports.ts';

type Entry = Parameters<DecisionLog['add']>[0];

const isRefusal = (entry: Entry) => entry.reason.rule.startsWith('refused_');

/** The entry as data. An entry may format its reason lazily, so it is read only here. */
const numbered = ({ atMs, application, keyType, tokenId, reason }: Entry, sequence: number) => ({
  sequence,
  atMs,
  ...(application !== undefined && { application }),
  ...(keyType !== undefined && { keyType }),
  ...(tokenId !== undefined && { tokenId }),
  reason,
});

/**
 * A ring buffer of the newest decisions that changed nothing. It is in memory only, so that it does not delay replies.
 */
export const createDecisionLog = (capacity = 5000): DecisionLog => {
  const ring: Entry[] = [];
  let added = 0;

  const newest = (limit: number, wanted: (entry: Entry) => boolean) => {
    const found: (Entry & { readonly sequence: number })[] = [];
    for (let sequence = added; sequence > added - ring.length && found.length < limit; sequence -= 1) {
      const entry = ring[(sequence - 1) % capacity];
      if (entry !== undefined && wanted(entry)) found.push(numbered(entry, sequence));
    }
    return found;
  };

  return {
    add(entry) {
      ring[added % capacity] = entry;
      added += 1;
    },
    newest: (limit, refusalsOnly) => newest(limit, refusalsOnly ? isRefusal : () => true),
    ofToken: (tokenId) => newest(capacity, (entry) => entry.tokenId === tokenId),
  };
};
