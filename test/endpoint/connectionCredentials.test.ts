import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { after, before, test } from 'node:test';
import { openServingApp } from '../helpers/app.ts';

let serving: Awaited<ReturnType<typeof openServingApp>>;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

before(async () => {
  serving = await openServingApp();
});
after(async () => {
  agent.destroy();
  await serving.close();
});

/** Asks for an application token, always on the same connection. */
const ask = (secret: string) =>
  new Promise<{ status: number | undefined; localPort: number | undefined }>((resolve, reject) => {
    const asked = request(
      {
        agent,
        host: '127.0.0.1',
        port: serving.status.httpPort,
        path: '/token',
        method: 'POST',
        auth: `${serving.consumerKey}:${secret}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      (response) => {
        const { localPort } = response.socket;
        response.resume().on('end', () => resolve({ status: response.statusCode, localPort }));
      },
    );
    asked.on('error', reject).end('grant_type=client_credentials');
  });

test('refuses an authenticated connection once the secret changed or the application was deleted', async () => {
  const { call } = serving.app;
  const first = await ask(serving.consumerSecret);
  assert.equal(first.status, 200);
  assert.deepEqual(await ask(serving.consumerSecret), first);

  const { consumerSecret } = await call('keys.regenerateSecret', { application: 'Shop', keyType: 'PRODUCTION' });
  assert.deepEqual(await ask(serving.consumerSecret), { ...first, status: 401 });
  assert.deepEqual(await ask(consumerSecret), first);
  assert.deepEqual(await ask(serving.consumerSecret), { ...first, status: 401 });

  await call('keys.revoke', { application: 'Shop', keyType: 'PRODUCTION' });
  assert.deepEqual(await ask(consumerSecret), { ...first, status: 401 });
  const again = await call('keys.regenerateSecret', { application: 'Shop', keyType: 'PRODUCTION' });
  assert.deepEqual(await ask(again.consumerSecret), first);

  const { id } = await call('applications.delete', { application: 'Shop' });
  assert.deepEqual(await ask(again.consumerSecret), { ...first, status: 401 });
  await call('applications.restore', { application: String(id) });
  assert.deepEqual(await ask(again.consumerSecret), first);
});
