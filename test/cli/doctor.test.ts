import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { place } from './keyfob.ts';

test('keyfob doctor prints a list with each fix on its own line, and exits with 1 after a problem', async (t) => {
  const here = place(t);
  await here.bash('keyfob applications list && keyfob settings write --port 0');
  const well = await here.bash('keyfob doctor');
  assert.equal(well.code, 0, well.stdout + well.stderr);
  assert.match(well.stdout, /^✓ Database +1 MiB, 0 tokens; sound$/m);
  assert.match(
    well.stdout,
    /^! Recovery key +no recovery key yet\n {2}→ Create one, .*`keyfob vault new-recovery-key`\.$/m,
  );
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

test('without the database every command says so, the doctor still answers, and start-empty starts over', async (t) => {
  const here = place(t);
  await here.bash('keyfob applications create --name Shop');
  rmSync(join(here.home, 'keyfob.db'));
  for (const command of ['applications list', 'serve --port 0', 'window --no-open']) {
    const { code, stdout, stderr } = await here.bash(`keyfob ${command}`);
    assert.deepEqual([code, stdout], [1, ''], command);
    assert.match(stderr, /^\S+keyfob\.db is missing or empty, .*`keyfob start-empty`.*\n$/, command);
  }
  const examined = await here.bash('keyfob doctor');
  assert.equal(examined.code, 1);
  assert.match(examined.stdout, /^✗ Database +the data folder does not open\n {2}→ keyfob\.db is missing or empty/m);
  assert.equal(examined.stdout.includes(here.home), false);

  const empty = await here.bash('keyfob start-empty');
  assert.equal(empty.code, 0);
  assert.match(empty.stdout, /^✓ Moved ca\.pem, vault\.json to .*set-aside-.*\.\n$/);
  assert.match(empty.stderr, /^That folder holds the only copy of .*certificate authority and tokens\.\nNext: /);
  const list = await here.bash('keyfob applications list');
  assert.equal(list.code, 0);
  assert.match(list.stderr, /^Created a new vault/);
  const again = await here.bash('keyfob start-empty --json');
  assert.equal(JSON.parse(again.stderr).error.code, 'conflict');
});

test('the doctor reports a folder that cannot be opened, and a port that another Keyfob uses', async (t) => {
  const here = place(t);
  const other = place(t);
  const { port } = JSON.parse((await other.serve('--port 0 --json')).line);
  await here.bash(`keyfob settings write --port ${port}`);
  const taken = await here.bash('keyfob doctor');
  assert.match(taken.stdout, new RegExp(`HTTPS port.*${port} is in use by another Keyfob \\(process \\d+\\)`));
  mkdirSync(join(here.home, 'control.json'));
  const { code, stdout, stderr } = await here.bash('keyfob doctor run --json');
  rmSync(join(here.home, 'control.json'), { recursive: true });
  assert.deepEqual([code, stderr], [1, '']);
  assert.deepEqual(JSON.parse(stdout).items.at(-1), {
    check: 'Data folder',
    state: 'problem',
    found: 'it cannot be used',
    todo: 'control.json is a folder, but Keyfob needs a file there. Move it away and try again.',
  });
});
