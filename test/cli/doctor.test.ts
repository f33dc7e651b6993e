import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { place } from './keyfob.ts';

test('keyfob doctor prints a table, and ends with 1 when there is a problem', async (t) => {
  const here = place(t);
  await here.bash('keyfob applications list && keyfob settings write --port 0');
  const well = await here.bash('keyfob doctor');
  assert.equal(well.code, 0, well.stdout + well.stderr);
  assert.match(well.stdout, /state +check +found +todo/);
  assert.match(well.stdout, /ok +Database +1 MiB, 0 tokens; sound/);
  assert.equal(well.stdout.includes(here.home), false);
  writeFileSync(join(here.home, 'open'), '');
  chmodSync(join(here.home, 'open'), 0o644);
  const ill = await here.bash('keyfob doctor run --json');
  assert.equal(ill.code, 1, ill.stderr);
  const { items } = JSON.parse(ill.stdout);
  assert.deepEqual(
    items.filter(({ state }: { state: string }) => state === 'problem').map(({ check }: { check: string }) => check),
    ['Data folder'],
  );
});

test('a folder that cannot be opened is a problem like others; a port is known to be held by another Keyfob', async (t) => {
  const here = place(t);
  const other = place(t);
  const { port } = JSON.parse((await other.serve('--port 0 --json')).line);
  await here.bash(`keyfob settings write --port ${port}`);
  const taken = await here.bash('keyfob doctor');
  assert.match(
    taken.stdout,
    new RegExp(`problem +Port of HTTPS +${port} is in use by another Keyfob \\(process \\d+\\)`),
  );
  mkdirSync(join(here.home, 'control.json'));
  const { code, stdout, stderr } = await here.bash('keyfob doctor run --json');
  rmSync(join(here.home, 'control.json'), { recursive: true });
  assert.deepEqual([code, stderr], [1, '']);
  assert.deepEqual(JSON.parse(stdout).items, [
    {
      check: 'Data folder',
      state: 'problem',
      found: '<data folder>/control.json is a folder, where Keyfob keeps a file',
      todo: 'move it away and try again.',
    },
  ]);
});
