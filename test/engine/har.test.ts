import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { harEntry, harOf } from '../../main/engine/methods/shared/har.ts';
import type { MaskedDetails, RequestRow } from '../../main/engine/ports/requestLog.ts';

// The required members of HAR 1.2, and no unknown ones: http://www.softwareishard.com/blog/har-12-spec/
const comment = z.string().optional();
const pair = z.strictObject({ name: z.string(), value: z.string(), comment });
const size = z.int().min(-1);
const har = z.strictObject({
  log: z.strictObject({
    version: z.literal('1.2'),
    creator: z.strictObject({ name: z.string(), version: z.string(), comment }),
    entries: z.array(
      z.strictObject({
        startedDateTime: z.iso.datetime(),
        time: z.number().min(0),
        request: z.strictObject({
          ...{ method: z.string(), url: z.url(), httpVersion: z.string(), cookies: z.array(pair) },
          ...{ headers: z.array(pair), queryString: z.array(pair), headersSize: size, bodySize: size },
          postData: z
            .strictObject({ mimeType: z.string(), params: z.array(pair), text: z.string(), comment })
            .optional(),
        }),
        response: z.strictObject({
          ...{ status: z.int(), statusText: z.string(), httpVersion: z.string(), cookies: z.array(pair) },
          ...{ headers: z.array(pair), redirectURL: z.string(), headersSize: size, bodySize: size },
          content: z.strictObject({ size: z.int(), mimeType: z.string(), text: z.string().optional(), comment }),
        }),
        cache: z.strictObject({}),
        timings: z.strictObject({ send: z.number(), wait: z.number(), receive: z.number(), comment }),
        comment,
      }),
    ),
  }),
});

const row: RequestRow = {
  ...{ sequence: 1, atMs: 1_700_000_000_123, method: 'POST', path: '/token', status: 200, durationMs: 1.5 },
  why: () => 'Because.',
};
const details: MaskedDetails = {
  ...{ target: '/token?a=b%20c&d', secure: false },
  sent: {
    headers: [
      { name: 'Host', value: 'localhost:8280' },
      { name: 'content-type', value: 'text/x' },
    ],
    ...{ body: 'x', bodyBytes: 40_000, truncated: true },
  },
  answered: { headers: [{ name: 'Location', value: '/next' }], truncated: false },
};
const clock = { isoTime: (ms: number) => new Date(ms).toISOString() };
const entryOf = (one: RequestRow, its: MaskedDetails | undefined) => {
  const text = harOf([harEntry(one, its, 'https://localhost:8243', clock)], '1.2.3');
  return har.parse(JSON.parse(text)).log.entries[0] ?? assert.fail();
};

test('a HAR holds what the specification demands, and no other members', () => {
  const { request, response, time, startedDateTime, comment: why } = entryOf(row, details);
  assert.equal(request.url, 'http://localhost:8280/token?a=b%20c&d');
  assert.deepEqual(request.queryString, [
    { name: 'a', value: 'b c' },
    { name: 'd', value: '' },
  ]);
  assert.deepEqual([request.postData?.mimeType, request.postData?.text, request.bodySize], ['text/x', 'x', 40_000]);
  assert.deepEqual(
    [response.redirectURL, time, startedDateTime, why],
    ['/next', 1.5, '2023-11-14T22:13:20.122Z', 'Because.'],
  );
});

test('a request without details is in the HAR too', () => {
  const { request } = entryOf({ ...row, path: '/a', why: () => undefined, backendMs: 3 }, undefined);
  assert.deepEqual([request.url, request.headers, request.postData], ['https://localhost:8243/a', [], undefined]);
});
