import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openServingApp } from '../helpers/app.ts';
import { run } from './round.ts';

const shop = await openServingApp();
after(shop.close);
const { call } = shop.app;
const base = shop.status.tokenUrl?.replace(/\/token$/, '') ?? '';
const password = 'kim+%41 secret';

await call('settings.write', { devPortal: true });
await call('users.create', { username: 'kim', password, roles: ['Internal/subscriber'] });
await call('apis.create', {
  name: 'Calc',
  version: '1.0',
  context: '/calc',
  productionBackend: 'echo',
  sandboxBackend: 'echo',
});

for (const version of ['v2', 'v3']) {
  test(`a script of curl registers, gets a token, and provisions an application by ${version}`, async () => {
    const heard: string[] = [];
    const unsubscribe = shop.app.events.onAny((name) => heard.push(name));
    const environment = Object.entries({
      BASE: base,
      CA: shop.status.caFile,
      VERSION: version,
      PASSWORD: password,
      API: 'Calc',
    });
    const variables = environment.map(([name, value]) => `export ${name}='${value}'`).join('\n');
    const text = `${variables}\ncd '${shop.folder}'\n. '${join(import.meta.dirname, 'devportal.sh')}'`;
    const { code, stdout, stderr } = await run({ command: 'bash', args: ['--norc', '-c', text] }, '');
    unsubscribe();
    assert.equal(code, 0, `${stderr}\n${stdout}`);
    assert.deepEqual(stdout.trim().split('\n'), ['UNBLOCKED', '/calc/1.0/add', '60', '0']);
    for (const event of ['applications.changed', 'keys.changed', 'subscriptions.changed', 'tokens.changed']) {
      assert.ok(heard.includes(event), event);
    }
  });
}

test('requests of Python provision an application with a password, and call as its client', async () => {
  const task = JSON.stringify({ base, caFile: shop.status.caFile, password });
  const script = { command: '/usr/bin/python3', args: [join(import.meta.dirname, 'devportal.py')] };
  const { code, stdout, stderr } = await run(script, task);
  assert.equal(code, 0, stderr);
  assert.deepEqual(JSON.parse(stdout), {
    ...{ name: 'From Python ✓', subscribed: ['UNBLOCKED'], called: 200, again: 409, gone: 404, afterwards: 401 },
  });
});
