import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const moduleAt = (name: string) => JSON.stringify(import.meta.resolve(`../../main/system/${name}.ts`));

test('a second signal ends a stuck process, also while a pool thread is blocked', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-system-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  // The pipe is never written to, like an unresponsive disk or keychain.
  const program = `
    const { onStopSignals } = await import(${moduleAt('stopSignals')});
    const { endNow } = await import(${moduleAt('endNow')});
    (await import('node:fs')).readFile(${JSON.stringify(pipe)}, () => {});
    onStopSignals(() => console.log('asked'), () => endNow(3));
    console.log('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const ended = once(child, 'close');
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // One signal after "ready", one after "asked": a third could meet the process after it gave up its handler.
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    child.kill('SIGTERM');
  });
  assert.deepEqual(await ended, [3, null]);
  assert.equal(stdout, 'ready\nasked\n');
  assert.equal(stderr, '');
});
