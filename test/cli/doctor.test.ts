import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { place } from './keyfob.ts';

test('keyfob doctor prints a list with each fix on its own line, and ends with 1 when there is a problem', async (t) => {
  const here = place(t);
  await here.bash('keyfob applications list && keyfob settings write --port 0');
  const well = await here.bash('keyfob doctor');
  assert.equal(well.code, 0, well.stdout + well.stderr);
  assert.match(well.stdout, /^✓ Database +1 MiB, 0 tokens; sound$/m);
  assert.match(
    well.stdout,
    /^! Recovery key +not confirmed: .*\n {2}→ Create one, .*`keyfob vault new-recovery-key`\.$/m,
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
