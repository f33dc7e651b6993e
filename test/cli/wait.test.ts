import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command, passphrase, place } from './keyfob.ts';

/** Starts a waiting serve without a passphrase. Returns the output of `line` while it runs. */
const whileWaiting = (line: string) => `
  env -u KEYFOB_PASSPHRASE ${command} serve --wait --port 0 --ui-port 0 --json >out 2>err &
  serve=$!
  grep -qm1 'Waiting for' <(tail -f --pid=$serve err)
  ${line}
  kill $serve; wait $serve`;

const nextLine = 'grep -m1 tokenUrl <(tail -f --pid=$serve out)';

test('serve --wait waits until another command creates the vault', async (t) => {
  const here = place(t);
  const { code, stdout, stderr } = await here.bash(
    `touch out err; ${whileWaiting(`keyfob vault create --mode passphrase --json; ${nextLine}`)}`,
  );
  assert.equal(code, 0, stderr);
  const [made = '', ready = ''] = stdout.split('\n');
  assert.equal(JSON.parse(made).state, 'unlocked');
  assert.match(JSON.parse(ready).tokenUrl, /^https:\/\/localhost:\d+\/token$/);
});

test('serve --wait waits until another command unlocks the vault', async (t) => {
  const here = place(t);
  await here.bash('keyfob users list');
  const { code, stdout, stderr } = await here.bash(
    `touch out err; ${whileWaiting(`keyfob vault unlock >/dev/null; ${nextLine}`)}`,
  );
  assert.equal(code, 0, stderr);
  assert.match(JSON.parse(stdout).tokenUrl, /^https:/);
});

test('locking stops the endpoint, and unlocking starts it again', async (t) => {
  const here = place(t);
  const serving = await here.serve('--port 0 --json');
  const { port } = JSON.parse(serving.line);
  await here.json('keyfob vault lock --json');
  assert.deepEqual(await here.json('keyfob endpoint status --json').then(running), false);
  const refused = await here.bash('keyfob vault unlock', { KEYFOB_PASSPHRASE: `${passphrase}!` });
  assert.equal(refused.code, 1);
  assert.deepEqual(await here.json('keyfob endpoint status --json').then(running), false);
  await here.json('keyfob vault unlock --json');
  // The start follows the reply, so look several times.
  let status: unknown;
  for (let look = 0; look < 50 && running(status) !== true; look += 1) {
    status = await here.json('keyfob endpoint status --json');
  }
  assert.partialDeepStrictEqual(status, { running: true, port });
  serving.kill('SIGTERM');
  assert.equal((await serving.ended).stdout, `${serving.line}\n`);
});

const running = (status: unknown): unknown =>
  typeof status === 'object' && status !== null && 'running' in status ? status.running : undefined;
