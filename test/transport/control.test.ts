import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { connectControl, OwnerGone } from '../../main/transport/client.ts';
import { startControl } from '../../main/transport/control.ts';
import { readControlFile, writeControlFile } from '../../main/transport/controlFile.ts';
import type { Dispatch } from '../../main/transport/dispatch.ts';
import type { Subscribe } from '../../main/transport/http.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { dispatchOf, endlessMint, mintInput } from './handlers.ts';

const silent: Subscribe = () => () => {};
const scopes = dispatchOf({
  scopes: { list: () => ({ items: [{ id: 1, name: 'a', description: 'é'.repeat(70_000), roles: [], apis: [] }] }) },
});

function folderOf(t: TestContext): { folder: string; socketPath: string } {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return { folder, socketPath: join(folder, 's') };
}

async function serve(t: TestContext, dispatch: Dispatch, subscribe = silent) {
  const place = folderOf(t);
  const control = await startControl({ folder: place.folder, socketPath: () => place.socketPath, dispatch, subscribe });
  t.after(() => control.close());
  const client = connectControl(place.folder);
  assert.ok(client);
  return { ...place, control, client };
}

/** Sends a request to the socket without our client. */
function ask(
  socketPath: string,
  {
    method = 'POST',
    path = '/call',
    headers,
    body = '',
  }: {
    method?: string;
    path?: string;
    headers?: OutgoingHttpHeaders;
    body?: string | Buffer;
  },
): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path, method, agent: false, headers: headers ?? {} }, (response) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const bearerIn = (folder: string) => ({ authorization: `Bearer ${readControlFile(folder)?.bearer}` });

test('sends a call to the owner and gives its output', async (t) => {
  const { client } = await serve(t, scopes);
  const { items } = await client.call('scopes.list', {});
  assert.equal(items[0]?.description, 'é'.repeat(70_000));
  assert.equal(client.pid, process.pid);
});

test('gives an error with its code, message and details', async (t) => {
  const { client } = await serve(t, scopes);
  const failed = client.call('tokens.list', { limit: 0 });
  await assert.rejects(failed, (error) => {
    assert.ok(error instanceof KeyfobError);
    assert.equal(error.code, 'bad_input');
    assert.deepEqual(error.details.fields, [{ path: 'limit', message: 'limit must be at least 1.' }]);
    return true;
  });
});

test('socket and control file are for their owner only, and are removed on closing', async (t) => {
  const { folder, socketPath, control } = await serve(t, scopes);
  const file = join(folder, 'control.json');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(socketPath).mode & 0o777, 0o600);
  assert.deepEqual(Object.keys(JSON.parse(readFileSync(file, 'utf8'))).sort(), ['bearer', 'pid', 'socket']);
  await control.close();
  assert.equal(existsSync(file), false);
  assert.equal(existsSync(socketPath), false);
  assert.equal(connectControl(folder), undefined);
});

test('runs no call without the exact bearer', async (t) => {
  let calls = 0;
  const counting = dispatchOf({
    scopes: {
      list: () => {
        calls += 1;
        return { items: [] };
      },
    },
  });
  const { folder, socketPath } = await serve(t, counting);
  const { authorization } = bearerIn(folder);
  const body = JSON.stringify({ method: 'scopes.list', input: {} });
  const wrong = [
    '',
    'Bearer',
    'Bearer ',
    `${authorization}x`,
    authorization.slice(0, -1),
    authorization.toLowerCase(),
    'é',
  ];
  for (const given of wrong.map((text) => Buffer.from(text).toString('latin1'))) {
    const { status, text } = await ask(socketPath, { headers: { authorization: given }, body });
    assert.equal(status, 401, given);
    assert.equal(JSON.parse(text).reply.error.code, 'unauthenticated');
  }
  assert.equal((await ask(socketPath, { body })).status, 401);
  assert.equal((await ask(socketPath, { method: 'GET', path: '/events' })).status, 401);
  assert.equal(calls, 0);
  assert.equal((await ask(socketPath, { headers: { authorization }, body })).status, 200);
  assert.equal(calls, 1);
});

test('refuses malformed calls, and answers the next one', async (t) => {
  const { folder, socketPath, client } = await serve(t, scopes);
  const headers = bearerIn(folder);
  const cases = [
    [{ body: '' }, 400],
    [{ body: '{' }, 400],
    [{ body: 'null' }, 400],
    [{ body: '[]' }, 400],
    [{ body: '{"input":{}}' }, 400],
    [{ body: '{"method":1}' }, 400],
    [{ body: Buffer.alloc(48 * 1024 * 1024 + 1, 32) }, 413],
    [{ body: Buffer.alloc(64 * 1024 * 1024, 32) }, 413],
    [{ method: 'GET' }, 404],
    [{ path: '/' }, 404],
    [{ path: '/call?x=1' }, 404],
    [{ method: 'POST', path: '/events' }, 404],
  ] as const;
  for (const [what, expected] of cases) {
    const { status, text } = await ask(socketPath, { ...what, headers });
    assert.equal(status, expected);
    assert.equal(JSON.parse(text).reply.ok, false);
  }
  assert.equal((await client.call('scopes.list', {})).items.length, 1);
});

test('accepts a call of exactly the largest size', async (t) => {
  const { folder, socketPath } = await serve(t, scopes);
  const body = '{"method":"scopes.list","input":{}}'.padEnd(48 * 1024 * 1024);
  assert.equal((await ask(socketPath, { headers: bearerIn(folder), body })).status, 200);
});

test('gives concurrent calls their own outputs', async (t) => {
  const { client } = await serve(
    t,
    dispatchOf({ scopes: { delete: ({ name }) => ({ id: 1, name, description: '', roles: [], apis: [] }) } }),
  );
  const names = Array.from({ length: 100 }, (_, index) => `scope_${index}`);
  const answers = await Promise.all(names.map((name) => client.call('scopes.delete', { name })));
  assert.deepEqual(
    answers.map(({ name }) => name),
    names,
  );
});

test('reports progress of a bulk call, and cancels it at the owner', async (t) => {
  const { dispatch, cancelled } = endlessMint();
  const { client } = await serve(t, dispatch);
  const abort = new AbortController();
  const told: number[] = [];
  const call = client.call('devices.mint', mintInput, {
    signal: abort.signal,
    onProgress: ({ done }) => {
      told.push(done);
      if (done === 3) abort.abort();
    },
  });
  await assert.rejects(call, {
    code: 'cancelled',
    message: /^Cancelled\. At least \d+ of 1000000 were done before, and stay\.$/,
  });
  assert.deepEqual(told.slice(0, 3), [1, 2, 3]);
  assert.match(await cancelled, /^Cancelled\. \d+ of 1000000 were done before, and stay\.$/);
});

test('closing stops bulk calls between two steps and answers them', async (t) => {
  const { dispatch } = endlessMint();
  const { client, control } = await serve(t, dispatch);
  let closed: Promise<void> | undefined;
  const call = client.call('devices.mint', mintInput, {
    onProgress: () => {
      closed ??= control.close();
    },
  });
  await assert.rejects(call, {
    code: 'cancelled',
    message: /^Cancelled\. \d+ of 1000000 were done before, and stay\.$/,
  });
  await closed;
});

test('closing answers a running call', async (t) => {
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<{ recoveryKey: string }>();
  const newRecoveryKey = () => {
    begun.resolve();
    return finish.promise;
  };
  const { client, control } = await serve(t, dispatchOf({ vault: { newRecoveryKey } }));
  const call = client.call('vault.newRecoveryKey', {});
  await begun.promise;
  const closed = control.close();
  finish.resolve({ recoveryKey: 'k' });
  assert.deepEqual(await call, { recoveryKey: 'k' });
  await closed;
});

test('explains what to do when the owner breaks off during a call', async (t) => {
  const { client } = await serve(t, () => Promise.reject(new Error('a fault of the test')));
  await assert.rejects(client.call('scopes.list', {}), {
    code: 'internal',
    message: /check whether the change took effect/,
  });
});

function watch(folder: string, socketPath: string): Promise<IncomingMessage> {
  return new Promise((resolve) => {
    request({ socketPath, path: '/events', agent: false, headers: bearerIn(folder) }, resolve).end();
  });
}

test('streams events until the watcher leaves', async (t) => {
  const left = Promise.withResolvers<void>();
  let emit: Parameters<Subscribe>[0] = () => {};
  const { folder, socketPath } = await serve(t, scopes, (listener) => {
    emit = listener;
    return left.resolve;
  });
  const events = await watch(folder, socketPath);
  emit('scopes.changed', { name: 'a' });
  const line = await new Promise<Buffer>((resolve) => events.once('data', resolve));
  assert.equal(line.toString(), '{"name":"scopes.changed","data":{"name":"a"}}\n');
  events.destroy();
  await left.promise;
});

test('cuts off a watcher that does not read', async (t) => {
  const left = Promise.withResolvers<void>();
  let emit: Parameters<Subscribe>[0] = () => {};
  const { folder, socketPath } = await serve(t, scopes, (listener) => {
    emit = listener;
    return left.resolve;
  });
  const events = await watch(folder, socketPath);
  events.on('error', () => {});
  for (let count = 0; count < 100; count += 1) emit('scopes.changed', { name: 'x'.repeat(100_000) });
  await left.promise;
});

test('closing ends event streams, and ignores later events', async (t) => {
  const listeners = new Set<Parameters<Subscribe>[0]>();
  const { folder, socketPath, control } = await serve(t, scopes, (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  });
  const events = await watch(folder, socketPath);
  const ended = new Promise((resolve) => events.resume().once('end', resolve));
  const closed = control.close();
  for (const tell of listeners) tell('scopes.changed', { name: 'a' });
  await closed;
  await ended;
});

test('gives no client for a missing or malformed control file', (t) => {
  const { folder } = folderOf(t);
  assert.equal(connectControl(folder), undefined);
  for (const content of ['', '{', 'null', '{"socket":1,"bearer":"a","pid":1}', '{"socket":"a"}']) {
    writeFileSync(join(folder, 'control.json'), content);
    assert.equal(connectControl(folder), undefined, content);
  }
});

test('recognises the files of a dead owner, which the next one replaces', async (t) => {
  const { folder, socketPath } = folderOf(t);
  writeControlFile(folder, { socket: socketPath, bearer: 'old', pid: 1 });
  const stale = connectControl(folder);
  assert.ok(stale);
  await assert.rejects(stale.call('scopes.list', {}), OwnerGone);
  writeFileSync(socketPath, 'left behind');
  await assert.rejects(stale.call('scopes.list', {}), OwnerGone);

  const control = await startControl({ folder, socketPath: () => socketPath, dispatch: scopes, subscribe: silent });
  t.after(() => control.close());
  await assert.rejects(stale.call('scopes.list', {}), OwnerGone, 'its bearer is not the new one');
  assert.equal((await connectControl(folder)?.call('scopes.list', {}))?.items.length, 1);
});

test('closing keeps the control file of a later owner', async (t) => {
  const { folder, socketPath } = folderOf(t);
  const control = await startControl({ folder, socketPath: () => socketPath, dispatch: scopes, subscribe: silent });
  writeControlFile(folder, { socket: socketPath, bearer: 'new', pid: 2 });
  await control.close();
  assert.equal(readControlFile(folder)?.bearer, 'new');
});
