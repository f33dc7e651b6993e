import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { ask, header } from '../listener/wire.ts';
import { bobForm, serve } from './serve.ts';

test('answers 503 when store or vault cannot work, at once or later', async (t) => {
  for (const [code, message] of [
    ['storage_full', 'The disk is full; free some space and ask again.'],
    ['vault_locked', 'The vault is locked; unlock it first.'],
  ] as const) {
    const fault = new KeyfobError(code, message);
    const early = () => {
      throw fault;
    };
    for (const run of [early, () => Promise.reject(fault)]) {
      const { https, post, faults, endpoint } = await serve(t, { run });
      for (const path of ['/token', '/revoke', '/introspect']) {
        const reply = await ask(https, post(path, `${bobForm('device_a')}&token=x`));
        assert.equal(reply.status, 503);
        assert.equal(reply.body, `{"error_description":"${message}","error":"temporarily_unavailable"}`);
        assert.equal(header(reply, 'www-authenticate'), 'Basic realm="localhost"');
      }
      assert.deepEqual(faults, []);
      assert.deepEqual(
        endpoint.requests.rows().map(({ status, error }) => [status, error]),
        [
          [503, 'temporarily_unavailable'],
          [503, 'temporarily_unavailable'],
          [503, 'temporarily_unavailable'],
        ],
      );
    }
  }
});

test('answers 500 to an unexpected error, reports it, and does not send its text', async (t) => {
  const fault = new TypeError('consumer secret hunter2');
  const early = () => {
    throw fault;
  };
  for (const run of [early, () => Promise.reject(fault)]) {
    const { https, post, faults } = await serve(t, { run });
    const reply = await ask(https, post('/token', bobForm('device_a')));
    assert.equal(reply.status, 500);
    assert.equal(reply.body, '{"error_description":"Internal Server Error.","error":"server_error"}');
    assert.equal(header(reply, 'www-authenticate'), 'Basic realm="localhost"');
    assert.deepEqual(faults, [fault]);
    assert.equal((await ask(https, post('/nowhere', 'token=x'))).status, 404);
  }
});
