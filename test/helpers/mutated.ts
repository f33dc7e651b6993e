import assert from 'node:assert/strict';
import { connect, type Target, whenClosed } from '../listener/wire.ts';

const connections = 5000;
const requestsEach = 4;
const atOnce = 32;

/** How many requests {@link sendMutated} sends. */
export const mutatedRequests = connections * requestsEach;

/** Gives random numbers below `limit`, the same ones in every run (mulberry32). */
function createDraw(start: number): (limit: number) => number {
  let state = start;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

const inserted = ['\0', '\r\n', '\n', '%', '%00', '%zz', '+', '&', '=', '?', '#', ';', ':', ' ', '"', 'é', '\u{1f511}'];

/** Gives a function that changes, doubles, moves or removes a byte, a piece or a line. */
const createMutate = (draw: (limit: number) => number) => {
  const pick = <T>(from: readonly T[]): T => from[draw(from.length)] as T;
  const longRun = () => 'A'.repeat(pick([100, 5000, 70_000]));
  const mutate = (text: string): string => {
    const at = draw(text.length);
    const end = Math.min(text.length, at + 1 + draw(20));
    const piece = text.slice(at, end);
    switch (draw(8)) {
      case 0:
        return text.slice(0, at) + String.fromCharCode(draw(256)) + text.slice(at + 1);
      case 1:
        return text.slice(0, at) + text.slice(end);
      case 2:
        return text.slice(0, at) + piece + piece + text.slice(end);
      case 3:
        return text.slice(0, at) + pick(inserted) + text.slice(at);
      case 4:
        return draw(20) === 0 ? text.slice(0, at) + longRun() + text.slice(at) : text;
      case 5: {
        const lines = text.split('\r\n');
        const from = draw(lines.length);
        return lines.toSpliced(draw(lines.length), 0, ...lines.splice(from, 1)).join('\r\n');
      }
      case 6:
        return text.slice(0, at);
      default:
        return text;
    }
  };
  return { pick, mutate };
};

/**
 * Sends mutated forms of well-formed requests, several on each connection, and gives how often each status came. Fails on a
 * stack or a database error in a reply. The same seed gives the same requests.
 */
export async function sendMutated(
  target: Target,
  wellFormed: readonly string[],
  seed: number,
): Promise<ReadonlyMap<string, number>> {
  const draw = createDraw(seed);
  const { pick, mutate } = createMutate(draw);
  const statuses = new Map<string, number>();

  /** Sends several requests at once, ends its side, and gives all received text. */
  const exchange = async (): Promise<string> => {
    const socket = await connect({ ...target, allowHalfOpen: true });
    const closed = whenClosed(socket);
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    socket.on('end', () => socket.destroy());
    const requests = Array.from({ length: requestsEach }, () => mutate(mutate(pick(wellFormed))));
    socket.end(Buffer.from(requests.join(''), draw(2) === 0 ? 'latin1' : 'utf8'));
    await closed;
    return text;
  };

  let left = connections;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const text = await exchange();
      for (const [, status = ''] of text.matchAll(/HTTP\/1\.1 (\d{3}) /g)) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
      assert.doesNotMatch(text, /\n {4}at |SqliteError|Unexpected/);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return statuses;
}
