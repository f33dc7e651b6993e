import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../helpers/until.ts';
import { place } from './keyfob.ts';

test('requests are followed as lines or NDJSON, listed, read and exported without secrets; faults are added', async (t) => {
  const here = place(t);
  const none = await here.bash('keyfob requests follow');
  assert.equal(none.code, 1);
  assert.match(none.stderr, /No process serves this data folder/);

  const serving = await here.serve('--port 0 --http-port 0 --json --quiet');
  const { httpTokenUrl } = JSON.parse(serving.line);
  const send = async (grant: string) => {
    const body = new URLSearchParams({ grant_type: grant, username: 'ann', password: 'pw-canary' });
    const headers = { authorization: `Basic ${btoa('nobody:secret-canary')}` };
    await fetch(httpTokenUrl, { method: 'POST', body, headers });
  };

  const table = await here.follow('');
  assert.match(table.line, /^time +status +method +path +application +user +device +why$/);
  let started = false;
  const starting = here.follow('--json --outcome refused --search nobody').finally(() => {
    started = true;
  });
  await until('the first line', async () => {
    if (!started) await send('password');
    return started;
  });
  const lines = await starting;
  assert.partialDeepStrictEqual(JSON.parse(lines.line), { method: 'POST', path: '/token', status: 401 });
  await send('client_credentials');
  await table.says(/ 401 +POST +\/token +nobody .*\n/);
  await lines.says(/"grantType":"client_credentials"/);
  for (const follower of [table, lines]) follower.kill('SIGINT');
  const [people, programs] = await Promise.all([table.ended, lines.ended]);
  assert.deepEqual([people.code, programs.code], [0, 0]);
  for (const line of programs.stdout.trimEnd().split('\n')) assert.equal(JSON.parse(line).status, 401);

  const listed = (await here.json('keyfob requests list --limit 1 --json')) as { items: { sequence: number }[] };
  const number = listed.items[0]?.sequence;
  const read = await here.bash(`keyfob requests read --sequence ${number}`);
  assert.match(read.stdout, /> POST \/token\n(?:.*\n)*authorization: Basic ••••\n(?:.*\n)*.*password=••••/i);
  const har = await here.bash('keyfob requests export-har');
  assert.equal(JSON.parse(har.stdout).log.version, '1.2');
  const entriesOf = (text: string) => JSON.parse(text).log.entries.length;
  const matching = await here.bash('keyfob requests export-har --outcome refused --search client_credentials');
  assert.deepEqual([entriesOf(matching.stdout), entriesOf(har.stdout) > 1], [1, true]);
  assert.equal(entriesOf((await here.bash('keyfob requests export-har --outcome ok')).stdout), 0);
  const fault = await here.bash('keyfob faults add --kind throttled --route token');
  assert.match(fault.stdout, /The next reply to \/token: 429 with Retry-After 5 s\./);

  const watching = await here.follow('');
  serving.kill('SIGTERM');
  const [ended, serve] = await Promise.all([watching.ended, serving.ended]);
  assert.deepEqual([ended.code, ended.stderr], [0, 'The process that served the data folder has ended.\n']);
  for (const { stdout, stderr } of [people, programs, read, har, ended, serve]) {
    assert.doesNotMatch(stdout + stderr, /canary|bm9ib2R5OnNlY3JldC1jYW5hcnk/);
  }
});
