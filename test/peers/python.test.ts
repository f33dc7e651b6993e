import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { assertRound, openPeers, type Round, run, type Task } from './round.ts';

const peers = await openPeers();
after(peers.close);

/** Debian's Python, which has Debian's package python3-requests-oauthlib. */
const python = '/usr/bin/python3';

const ask = (task: Task) =>
  run({ command: python, args: [join(import.meta.dirname, 'requestsOauthlib.py')] }, JSON.stringify(task));

test('Python has requests_oauthlib (Debian package python3-requests-oauthlib)', async () => {
  const { code, stderr } = await run({ command: python, args: ['-c', 'import requests_oauthlib'] }, '');
  assert.equal(code, 0, `Missing for this test: python3-requests-oauthlib. ${stderr}`);
});

test('requests-oauthlib completes every flow', async () => {
  const task = peers.task('python');
  const { code, stdout, stderr } = await ask(task);
  assert.equal(code, 0, stderr);
  assertRound(JSON.parse(stdout) as Round, task);
});

test('requests-oauthlib refuses us unless it trusts our authority', async () => {
  const { code, stderr } = await ask({ ...peers.task('nobody'), caFile: '' });
  assert.equal(code, 1);
  assert.match(stderr, /CERTIFICATE_VERIFY_FAILED/);
});
