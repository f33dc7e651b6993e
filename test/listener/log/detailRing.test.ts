import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { mostBodyBytes } from '../../../main/listener/log/bodyStart.ts';
import { type Captured, createDetailRing } from '../../../main/listener/log/detailRing.ts';
import { createRequestLog } from '../../../main/listener/log/requestLog.ts';

const captured = (parts: Partial<Captured> = {}): Captured => ({
  ...{ target: '/token?a=b', secure: false, sentHeaders: ['Host', 'localhost'], answeredHeaders: ['Allow', 'GET'] },
  ...{ sent: { bytes: Buffer.from('sent'), total: 4 }, answered: { bytes: 'answered', total: 8 } },
  ...parts,
});

test('gives back what was added', () => {
  const ring = createDetailRing(512 * 1024);
  const all = [
    captured(),
    captured({ target: '', secure: true, sentHeaders: [], answeredHeaders: [] }),
    captured({ sentHeaders: ['X', 'caf\u00e9', 'Empty', ''], sent: { bytes: '', total: 0 } }),
    captured({ sent: { bytes: Buffer.from([0, 255, 10]), total: undefined } }),
  ];
  const positions = all.map(ring.add);
  for (const [at, position] of positions.entries()) {
    const { sent, answered, ...rest } = ring.read(position) ?? assert.fail();
    const wanted = all[at] ?? assert.fail();
    const { sent: wantedSent, answered: wantedAnswered, ...wantedRest } = wanted;
    assert.deepEqual(rest, wantedRest);
    assert.deepEqual([sent.bytes, sent.total], [Buffer.from(wantedSent.bytes), wantedSent.total]);
    assert.deepEqual([answered.bytes, answered.total], [Buffer.from(wantedAnswered.bytes), wantedAnswered.total]);
  }
});

test('keeps the start of a large body, and its length', () => {
  const ring = createDetailRing(512 * 1024);
  const position = ring.add(captured({ answered: { bytes: 'x'.repeat(50_000), total: 50_000 } }));
  const { answered } = ring.read(position) ?? assert.fail();
  assert.deepEqual([answered.bytes.length, answered.total], [mostBodyBytes, 50_000]);
});

test('newer details need the space of older ones, which are then gone and never mixed up', () => {
  const ring = createDetailRing(512 * 1024);
  const positions: number[] = [];
  for (let at = 0; at < 3000; at += 1) {
    positions.push(ring.add(captured({ target: `/${at}`, sent: { bytes: Buffer.alloc(at % 9000, at), total: at } })));
    for (const back of [1, 20, 200, 2000]) {
      const position = positions.at(-back);
      if (position === undefined || !ring.has(position)) continue;
      const found = ring.read(position) ?? assert.fail();
      assert.deepEqual([found.target, found.sent.total], [`/${at + 1 - back}`, at + 1 - back]);
      assert.ok(found.sent.bytes.equals(Buffer.alloc((at + 1 - back) % 9000, at + 1 - back)));
    }
  }
  assert.equal(ring.read(positions[0] ?? 0), undefined);
  assert.ok(positions.filter(ring.has).length > 20);
});

test('wiping forgets all details', () => {
  const ring = createDetailRing(512 * 1024);
  const before = ring.add(captured());
  ring.wipe();
  assert.equal(ring.read(before), undefined);
  const after = ring.add(captured());
  assert.equal(ring.read(after)?.target, '/token?a=b');
});

/** The heap after a full collection. */
const heapBytes = (): number => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
};

test('50,000 requests leave no more on the heap than 6,000', () => {
  let nowMs = 0;
  const log = createRequestLog(
    () => {
      nowMs += 1;
      return nowMs;
    },
    () => {},
    () => [],
  );
  const send = (count: number) => {
    for (let at = 0; at < count; at += 1) {
      const key = `consumer${at % 50}`;
      log.add(
        {
          ...{ method: 'POST', path: `/path/${at}`.slice(0, 7), startedAtMs: 0, clientId: key, grantType: 'password' },
          request: {
            url: `/path/${at}`,
            rawHeaders: ['Host', 'localhost', 'Authorization', `Basic ${at}${'x'.repeat(100)}`],
            ...{ complete: true, socket: {}, start: undefined },
          },
          body: Buffer.from(`password=${'y'.repeat(200)}${at}`),
          replyHeaders: ['Content-Type', 'application/json'],
        },
        { status: 200, body: `{"access_token":"${'z'.repeat(300)}${at}"}`, tokenId: at },
      );
    }
  };
  send(6000);
  const before = heapBytes();
  send(50_000);
  const grown = heapBytes() - before;
  assert.ok(grown < 200_000, `${grown} bytes more`);
  assert.equal(log.rows().length, 5000);
});
