import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ask, connect, formType, whenClosed } from '../listener/wire.ts';
import { openShop, passwordForm, type Shop } from './shop.ts';

const shop: Shop = await openShop();
after(shop.close);

const seed = 4242;
const connections = 5000;
const requestsEach = 4;
const atOnce = 32;

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

const draw = createDraw(seed);
const pick = <T>(from: readonly T[]): T => from[draw(from.length)] as T;

/** Usual requests, with parameters in body and URL. */
const wellFormed = [
  shop.post('/token', passwordForm),
  shop.post('/token', 'grant_type=client_credentials&scope=a'),
  shop.post('/token?grant_type=client_credentials', ''),
  shop.post('/revoke?token=nothing', 'token=nothing&callback=cb'),
  shop.post('/oauth2/introspect', 'token=nothing'),
  shop.post('/token', passwordForm, {
    Authorization: 'Bearer stale',
    'Content-Type': `${formType}; charset=ISO-8859-1`,
  }),
  'OPTIONS /token HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:3000\r\nAccess-Control-Request-Headers: x-a, y\r\n\r\n',
];
const inserted = ['\0', '\r\n', '\n', '%', '%00', '%zz', '+', '&', '=', '?', '#', ';', ':', ' ', '"', 'é', '\u{1f511}'];
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
  const socket = await connect({ ...shop.http, allowHalfOpen: true });
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

test(`${connections * requestsEach} mutated requests get no 500 and no stack, and the next request is answered (seed ${seed})`, async () => {
  const statuses = new Map<string, number>();
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
  const faulty = [...statuses.keys()].filter((status) => status >= '500' && status !== '505');
  assert.deepEqual(faulty, [], JSON.stringify([...statuses]));
  for (const expected of ['200', '400', '401', '403', '404']) assert.ok(statuses.has(expected), `no ${expected}`);
  assert.deepEqual(shop.faults, []);
  assert.equal((await ask(shop.https, shop.post('/token', passwordForm))).status, 200);
});
