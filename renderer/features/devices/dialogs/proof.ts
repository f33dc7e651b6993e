import type { DeviceToken } from '../../../store/topics/devices/deviceTokenReads.ts';
import { formatCount } from '../../../ui/facts/count.ts';
import { tokenState } from '../../../ui/facts/tokenState.ts';
import { listed } from '../names.ts';

/** Describes the result of a check in one line. */
export interface Proof {
  readonly good: boolean;
  readonly text: string;
}

const nameOf = ({ device, id }: DeviceToken): string => device ?? `token ${id}`;

const others = (tokens: readonly DeviceToken[], most: number): string =>
  tokens.length > most ? `the other ${formatCount(tokens.length)}` : listed(tokens.map(nameOf), most);

/** A token's state in one word: "active", "expired", "revoked". */
const wordOf = ({ state, valid }: DeviceToken): string =>
  tokenState(state, state === 'ACTIVE' && !valid).word.toLowerCase();

/** "ipad and iphone expired · pixel revoked": dead tokens by cause. */
const deadInWords = (
  tokens: readonly DeviceToken[],
  words: (some: readonly DeviceToken[]) => string,
): readonly string[] => {
  const byWord = Map.groupBy(
    tokens.filter(({ valid }) => !valid),
    wordOf,
  );
  return [...byWord].map(([word, some]) => `${words(some)} ${word}`);
};

/** "ipad revoked · iphone and pixel still active": the revoked tokens, and those that must stay active. */
export const proofOfRevocation = (revoked: readonly DeviceToken[], rest: readonly DeviceToken[]): Proof => {
  const alive = revoked.filter(({ state }) => state === 'ACTIVE');
  const dead = deadInWords(rest, (some) => others(some, 3));
  const first =
    alive.length === 0 ? `${listed(revoked.map(nameOf))} revoked` : `${listed(alive.map(nameOf))} not revoked`;
  if (rest.length === 0) return { good: alive.length === 0, text: `${first} · no other device is active` };
  const living = rest.filter(({ valid }) => valid);
  const parts = [first, ...(living.length > 0 ? [`${others(living, 3)} still active`] : []), ...dead];
  return { good: alive.length === 0 && dead.length === 0, text: parts.join(' · ') };
};

/** Describes a revocation that was stopped. */
export const proofOfStop = (asked: readonly DeviceToken[]): string => {
  const left = asked.filter(({ state }) => state === 'ACTIVE').length;
  const done = asked.length - left;
  const rest = left === 0 ? '' : ` · the other ${formatCount(left)} not revoked`;
  return `Stopped: ${formatCount(done)} of ${formatCount(asked.length)} revoked${rest}`;
};
