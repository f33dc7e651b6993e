import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../../main/system/temporaryFolder.ts';

const temporary = (t: TestContext) => {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-temporary-'));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  t.after(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(folder, { recursive: true });
  });
  return folder;
};

test('a folder of a killed process goes; those of living ones, of other containers and of other names stay', async (t) => {
  const parent = temporary(t);
  await using first = new AsyncDisposableStack();
  const own = basename(temporaryFolder('keyfob-some-', first));
  assert.match(own, new RegExp(`^keyfob-some-\\d+-${process.pid}-`));
  const { pid: ended } = spawnSync('true');
  const abandoned = own.replace(`-${process.pid}-`, `-${ended}-`);
  const inContainer = abandoned.replace(/some-\d+/, 'some-7');
  const other = abandoned.replace('some', 'other');
  for (const name of [abandoned, inContainer, other]) mkdirSync(join(parent, name));

  await using second = new AsyncDisposableStack();
  const next = basename(temporaryFolder('keyfob-some-', second));
  assert.deepEqual(readdirSync(parent).sort(), [own, next, inContainer, other].sort());
  await first.disposeAsync();
  assert.deepEqual(readdirSync(parent).sort(), [next, inContainer, other].sort());
});
