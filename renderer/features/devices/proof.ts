import type { DeviceToken } from '../../store/deviceTokens.ts';
import { formatCount } from '../../ui/count.ts';
import { listed } from './names.ts';

/** What a check found, in one line. */
export interface Proof {
  readonly good: boolean;
  readonly text: string;
}

const nameOf = ({ device, id }: DeviceToken): string => device ?? `token ${id}`;

const others = (tokens: readonly DeviceToken[], most: number): string =>
  tokens.length > most ? `the other ${formatCount(tokens.length)}` : listed(tokens.map(nameOf), most);

/** "ipad revoked · iphone and pixel still ACTIVE": what became of those revoked, and of all that must still live. */
export const proofOfRevocation = (revoked: readonly DeviceToken[], rest: readonly DeviceToken[]): Proof => {
  const alive = revoked.filter(({ state }) => state === 'ACTIVE');
  const dead = rest.filter(({ valid }) => !valid);
  const first =
    alive.length === 0 ? `${listed(revoked.map(nameOf))} revoked` : `${listed(alive.map(nameOf))} not revoked`;
  if (rest.length === 0) return { good: alive.length === 0, text: `${first} · no other device is live` };
  const living = rest.filter(({ valid }) => valid);
  const parts = [first];
  if (living.length > 0) parts.push(`${others(living, 3)} still ACTIVE`);
  if (dead.length > 0) parts.push(`${others(dead, 3)} no longer valid`);
  return { good: alive.length === 0 && dead.length === 0, text: parts.join(' · ') };
};

/** What became of those that were to be revoked, when that was stopped. */
export const proofOfStop = (asked: readonly DeviceToken[]): string => {
  const left = asked.filter(({ state }) => state === 'ACTIVE').length;
  const done = asked.length - left;
  return `Stopped: ${formatCount(done)} of ${formatCount(asked.length)} revoked${left === 0 ? '' : ` · the other ${formatCount(left)} still ACTIVE`}`;
};

/** What a check of all found. `asked` is how many were looked for. */
export const proofOfCheck = (found: readonly DeviceToken[], asked: number): Proof => {
  const dead = found.filter(({ valid }) => !valid);
  const living = found.length - dead.length;
  const gone = asked - found.length;
  const parts = [living === asked && asked > 1 ? `All ${asked} are ACTIVE` : `${living} of ${asked} ACTIVE`];
  if (dead.length > 0) parts.push(`${listed(dead.map(nameOf))} no longer valid`);
  if (gone > 0) parts.push(`${gone} gone`);
  return { good: dead.length === 0 && gone === 0, text: parts.join(' · ') };
};
