import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ask, header, type Target } from '../listener/wire.ts';
import { addressing } from './badRequests/addressing.ts';
import { body } from './badRequests/body.ts';
import { credentials } from './badRequests/credentials.ts';
import { grants } from './badRequests/grants.ts';
import { headers } from './badRequests/headers.ts';
import { requestLine } from './badRequests/requestLine.ts';
import type { BadRequest } from './badRequests/row.ts';
import { openShop, passwordForm } from './shop.ts';

const shop = await openShop();
after(shop.close);

const { accessToken } = await shop.app.call('tokens.issue', {
  application: 'Shop',
  keyType: 'PRODUCTION',
  username: 'tester',
  scope: 'device_ipad',
});

/** The server still answers, and the same request gets the same token. */
const answersRight = async (target: Target): Promise<void> => {
  const reply = await ask(target, shop.post('/token', passwordForm));
  assert.equal(reply.status, 200);
  assert.equal(JSON.parse(reply.body).access_token, accessToken);
};

const all: readonly BadRequest[] = [requestLine, addressing, headers, body, credentials, grants].flatMap((table) =>
  table(shop),
);

test('has at least 150 bad requests, at most five per rule', () => {
  assert.ok(all.length >= 150, `${all.length}`);
  const perRule = Map.groupBy(all, ({ rule }) => rule);
  assert.deepEqual(
    [...perRule].filter(([, rows]) => rows.length > 5).map(([rule]) => rule),
    [],
  );
});

for (const scheme of ['http', 'https'] as const) {
  for (const [at, row] of all.entries()) {
    test(`${scheme} ${at + 1}: ${row.rule}`, async () => {
      const target = shop[scheme];
      const reply = await ask(target, row.request);
      const { status, error = 'invalid_request', description } = row;
      assert.equal(reply.status, status);
      assert.deepEqual(JSON.parse(reply.body), { error_description: description, error });
      assert.ok(reply.body.startsWith('{"error_description":'));
      assert.equal(header(reply, 'content-type'), 'application/json');
      assert.equal(header(reply, 'cache-control'), undefined);
      assert.match(header(reply, 'date') ?? '', / GMT$/);
      assert.equal(/^Basic realm="[^"]+"$/.test(header(reply, 'www-authenticate') ?? ''), status === 401);
      await answersRight(target);
    });
  }
}

test('reports none of them as an error of ours', () => {
  assert.deepEqual(shop.faults, []);
});
