import type { OutputOf } from '../../../../preload/contract/define.ts';
import { duration } from '../../../../preload/contract/durations.ts';
import type { Contract } from '../../../../preload/contract/index.ts';
import { whyNotServed } from '../../clients/client.ts';
import { explain } from '../../decisions/reasons.ts';
import { timeWords } from '../../gateway/reasons.ts';
import type { Ports } from '../../ports/ports.ts';
import type { TokenRow } from '../../ports/store/tokens.ts';
import { isPurged } from '../../references.ts';
import { isGoodAt, signatureGoodUntilMs } from '../../tokens/format/signature.ts';
import { clientOfValid, remainingMs } from '../../tokens/lifetime.ts';
import { currentPersistence } from '../../tokens/tokenValues.ts';
import { tokenView } from './tokenView.ts';

const maxMates = 50;

/** Explains a token: its history, the other rows of its tuple, and a text with one sentence a line. */
export const explainToken = (ports: Ports, row: TokenRow): OutputOf<Contract['tokens']['explain']> => {
  const { tokens } = ports.store;
  const token = tokenView(ports, row);
  const isGone = isPurged(ports);
  const history = tokens.history(row.id).map((entry) => ({ ...entry, text: explain(entry.reason, isGone) }));
  const named = history.flatMap(({ reason: { candidate, otherTokenId } }) =>
    [candidate?.tokenId ?? [], otherTokenId ?? []].flat(),
  );
  const decided = ports.decisions.ofToken(row.id)[0];
  const lines = [
    ...history.map(({ text }) => text),
    ...(token.reuseCount > 0
      ? [`Reused ${token.reuseCount === 1 ? 'once' : `${token.reuseCount} times`} so far.`]
      : []),
    ...(decided ? [`Last decision: ${explain(decided.reason, isGone)}`] : []),
    ...signatureSentence(ports, row),
    nowSentence(ports, row),
  ];
  const { refreshTokenId } = row;
  const refresh = refreshTokenId === null ? undefined : ports.store.refreshTokens.byId(refreshTokenId);
  const mates = tokens.ofTuple(row, maxMates + 1).filter(({ id }) => id !== row.id);
  return {
    token,
    text: lines.join('\n'),
    history,
    tuple: mates.slice(0, maxMates).map((mate) => tokenView(ports, mate)),
    ...(refresh && { refreshTokenPersistence: currentPersistence(ports, refresh) }),
    purged: [...new Set(named)].filter(isGone),
  };
};

/** A JWT that is no longer valid may still be accepted elsewhere. */
const signatureSentence = (ports: Ports, row: TokenRow): readonly string[] => {
  const atMs = ports.clock.tokenTimeMs();
  if (clientOfValid(ports, row) !== undefined) return [];
  const untilMs = signatureGoodUntilMs(ports, row);
  if (untilMs === undefined || !isGoodAt(untilMs, atMs)) return [];
  const until = untilMs === null ? 'forever' : `until its exp, ${timeWords(ports, untilMs, atMs)}`;
  return [`It is a JWT, so a verifier that only checks its signature still accepts it ${until}.`];
};

const nowSentence = (ports: Ports, row: TokenRow): string => {
  if (row.state !== 'ACTIVE') return `Now: ${row.state}, for good.`;
  const left = remainingMs(ports, row, ports.clock.tokenTimeMs());
  if (left <= 0) return 'Now: expired. The row stays ACTIVE until the next request for it.';
  if (clientOfValid(ports, row) === undefined) return `Now: not valid, because ${whyNotServed(ports, row.keySetId)}.`;
  return left === Number.POSITIVE_INFINITY
    ? 'Now: valid, and never expires.'
    : `Now: valid, for another ${duration(left / 1000)}.`;
};
