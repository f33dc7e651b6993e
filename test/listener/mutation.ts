import { connect, type Target, whenClosed } from './wire.ts';

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

const requestsEach = 4;
const atOnce = 32;

/**
 * Sends `count` mutated requests of these to a server, and gives the number of replies by status. `check` gets all text of
 * each connection. The same seed gives the same requests.
 */
export async function sendMutated(
  target: Target,
  wellFormed: readonly string[],
  { count, seed, check }: { readonly count: number; readonly seed: number; readonly check: (text: string) => void },
): Promise<ReadonlyMap<string, number>> {
  const draw = createDraw(seed);
  const pick = <T>(from: readonly T[]): T => from[draw(from.length)] as T;
  const longRun = () => 'A'.repeat(pick([100, 5000, 70_000]));

  /** Changes, doubles, moves or removes a byte, a piece or a line. */
  function mutate(text: string): string {
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
  }

  /** Sends several requests at once, ends its side, and gives all received text. */
  async function exchange(): Promise<string> {
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
  }

  const statuses = new Map<string, number>();
  let left = count / requestsEach;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const text = await exchange();
      for (const [, status = ''] of text.matchAll(/HTTP\/1\.1 (\d{3}) /g)) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
      check(text);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return statuses;
}
