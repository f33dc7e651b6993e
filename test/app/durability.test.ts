import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fillFolder, tester } from '../helpers/filled.ts';
import { createOAuthClient } from '../helpers/oauthClient.ts';
import { startServing, testFolder } from '../helpers/serving.ts';
import { readSystemCalls, type SystemCall, straceTo } from '../helpers/strace.ts';

const rounds = 5;
const atOnce = 16;

const writes = ['write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'sendto', 'sendmsg'];
const syncs = ['fsync', 'fdatasync', 'sync_file_range', 'sync'];

const isSync = ({ name }: SystemCall) => syncs.includes(name);

test('syncs the log before the first byte of each 200 that wrote, and does not wait for other 200s', async (t) => {
  const folder = testFolder(t);
  const home = join(folder, 'home');
  const log = join(folder, 'strace.log');
  const { reusing, renewing } = await fillFolder(home);
  const serving = startServing(t, folder, straceTo(log, ['read', ...writes, ...syncs], ['--string-limit=8192']));
  const client = createOAuthClient(`http://127.0.0.1:${(await serving.ready).httpPort}`, reusing);

  /** Whether each reply wrote, in order. */
  const wrote: boolean[] = [];
  const passwordGrant = (scope: string) => client.token({ grant_type: 'password', ...tester, scope });
  for (let round = 0; round < rounds; round += 1) {
    const scope = `device_${round}`;
    const { accessToken, refreshToken = '' } = await passwordGrant(scope);
    assert.equal((await passwordGrant(scope)).accessToken, accessToken);
    await client.token({ grant_type: 'client_credentials' }, renewing);
    assert.equal(await client.isActive(accessToken), true);
    const refreshed = await client.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
    assert.equal((await client.post('/revoke', { token: refreshed.accessToken })).status, 200);
    assert.equal((await client.post('/revoke', { token: 'no-token-of-ours' })).status, 200);
    assert.equal(await client.isActive(refreshed.accessToken), false);
    wrote.push(true, false, true, false, true, true, false, false);
  }
  const names = Array.from({ length: atOnce }, (_, at) => `device_at_once_${10 + at}`);
  await Promise.all(names.map(passwordGrant));
  wrote.push(...Array.from({ length: atOnce }, () => true));
  client.close();
  serving.kill('SIGTERM');
  await serving.ended;

  const calls = readSystemCalls(log);
  const requests = calls.filter(({ name, text }) => name === 'read' && text.includes('"POST /'));
  const replies = calls.filter(({ name, text }) => writes.includes(name) && text.includes('"HTTP/1.1 200 '));
  assert.equal(replies.length, wrote.length);
  for (const [at, reply] of replies.entries()) {
    const request = requests.findLast(({ file, endedAt }) => file === reply.file && endedAt < reply.beganAt);
    assert.ok(request);
    const between = calls.filter(({ beganAt, endedAt }) => beganAt > request.endedAt && endedAt < reply.beganAt);
    const toLog = between.filter(({ file }) => file === join(home, 'keyfob.db-wal'));
    const toLogWritten = toLog.filter(({ name }) => writes.includes(name));
    // Replies overlap with other writes to the log. The write of a reply is the one that contains its scope.
    const [scope] = /device_at_once_\d\d/.exec(reply.text) ?? [];
    const written = scope === undefined ? toLogWritten.at(-1) : toLogWritten.find(({ text }) => text.includes(scope));
    const isSynced = ({ endedAt }: SystemCall) =>
      toLog.some((call) => isSync(call) && call.text.endsWith('= 0') && call.beganAt > endedAt);
    if (wrote[at]) {
      assert.ok(written && isSynced(written), `reply ${at} came before its write was on disk`);
    } else {
      assert.deepEqual([written, between.filter(isSync)], [undefined, []], `reply ${at} waited for a disk`);
    }
  }
});
