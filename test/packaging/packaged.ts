// `node test/packaging/packaged.ts [program]` starts a packaged program (default: this system's in build/dist) and uses each of
// its parts. Playwright cannot do it, because the fuses keep it out.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type ControlClient, connectControl } from '../../main/transport/client.ts';
import { desktopPlace } from '../ui/harness/desktop.ts';
import { exercise, openPage } from './exercise.ts';

const limitMs = 60_000;
const pauseMs = 100;

const output = resolve(import.meta.dirname, '../../build/dist');
const programs: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: 'linux*-unpacked/keyfob',
  darwin: 'mac-universal/Keyfob.app/Contents/MacOS/Keyfob',
  win32: 'win*-unpacked/Keyfob.exe',
};
const [packaged] = globSync(programs[process.platform] ?? '', { cwd: output }).map((name) => join(output, name));
const program = process.argv[2] ?? packaged;
assert.ok(program, 'no program is packaged for this system: npm run dist');

const place = desktopPlace();
const args = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const child = spawn(program, args, { env: { ...process.env, ...place.env }, stdio: 'inherit' });
const ended = once(child, 'exit');

/** Resolves once the program accepts calls. */
async function owner(): Promise<ControlClient> {
  for (let waitedMs = 0; waitedMs < limitMs && child.exitCode === null; waitedMs += pauseMs) {
    const found = connectControl(place.folder);
    if (found !== undefined) return found;
    await delay(pauseMs);
  }
  throw new Error(`${program} does not answer; its exit code is ${child.exitCode}`);
}

try {
  const { call, windowUrl } = await owner();
  assert.equal((await call('about.read', {})).what, 'the Keyfob window');
  await exercise(call);
  await openPage((await windowUrl()) ?? '');
  child.kill('SIGTERM');
  const [code] = await ended;
  // On Windows a signal ends the program at once.
  if (process.platform !== 'win32') assert.equal(code, 0);
  process.stdout.write(`${program} runs: a token, the doctor, a backup, its page.\n`);
} finally {
  child.kill('SIGKILL');
  place.remove();
}
