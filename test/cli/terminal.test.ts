import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { bar } from '../../main/cli/output/progress.ts';
import { command, type Place, passphrase, place } from './keyfob.ts';

/** A command on a terminal of its own. */
function terminal({ home }: Place, words: string, env: Readonly<Record<string, string>> = {}) {
  const line = `${command} ${words}`;
  const args = process.platform === 'darwin' ? ['-q', '/dev/null', 'bash', '-c', line] : ['-qfec', line, '/dev/null'];
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn('script', args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, TERM: 'xterm-256color', SHELL: '/bin/bash', KEYFOB_HOME: home, ...env },
  });
  let screen = '';
  let seen = 0;
  let check = () => {};
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    check();
  });
  const ended = new Promise<{ code: number | null; screen: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, screen }));
  });
  return {
    ended,
    /** Waits until this shows, behind what was waited for before. */
    async shows(text: string): Promise<void> {
      const shown = new Promise<void>((resolve) => {
        check = () => {
          if (screen.indexOf(text, seen) >= 0) resolve();
        };
        check();
      });
      await Promise.race([shown, ended.then(() => assert.ok(screen.includes(text, seen), screen))]);
      seen = screen.indexOf(text, seen) + text.length;
    },
    types: (keys: string) => child.stdin.write(keys),
  };
}

async function shop(t: TestContext): Promise<Place> {
  const here = place(t);
  await here.bash('keyfob applications create --name Shop');
  return here;
}

test('a terminal asks for the passphrase, does not show it, and gets a table with a heading in bold', async (t) => {
  const { shows, types, ended } = terminal(await shop(t), 'applications list');
  await shows('The passphrase: ');
  types(`${passphrase}\r`);
  const { code, screen } = await ended;
  assert.equal(code, 0, screen);
  assert.match(screen, /\[1mid +name/);
  assert.match(screen, /1 +Shop/);
  assert.equal(screen.includes(passphrase), false);
});

test('without colours if that is wanted', async (t) => {
  const { ended } = terminal(await shop(t), 'applications list', { KEYFOB_PASSPHRASE: passphrase, NO_COLOR: '1' });
  const { screen } = await ended;
  assert.match(screen, /1 +Shop/);
  assert.equal(screen.includes('\u001B'), false);
});

test('a new passphrase is asked for twice', async (t) => {
  const here = place(t);
  const first = terminal(here, 'vault create --mode passphrase');
  await first.shows('New passphrase: ');
  first.types('first words of it\r');
  await first.shows('Repeat new passphrase: ');
  first.types('other words of it\r');
  const differing = await first.ended;
  assert.equal(differing.code, 2);
  assert.match(differing.screen, /Passphrases don't match/);

  const second = terminal(here, 'vault create --mode passphrase');
  for (const question of ['New passphrase: ', 'Repeat new passphrase: ']) {
    await second.shows(question);
    second.types('first words of it\r');
  }
  const { code, screen } = await second.ended;
  assert.equal(code, 0, screen);
  assert.match(screen, /recovery key/);
  assert.match(screen, /Next: write the recovery key down/);
  assert.equal(screen.includes('first words'), false);
});

test('a password that is not given is asked for twice', async (t) => {
  const here = await shop(t);
  const env = { KEYFOB_PASSPHRASE: passphrase };
  const { shows, types, ended } = terminal(here, 'users create --user ann', env);
  for (const question of ['The new password: ', 'The new password once more: ']) {
    await shows(question);
    types('pw-canary\r');
  }
  const { code, screen } = await ended;
  assert.equal(code, 0, screen);
  assert.match(screen, /✓.* Created user "ann" \(id 2\)\./);
  assert.equal(screen.includes('canary'), false);
  assert.deepEqual(await here.json('keyfob users reveal --user ann --json'), {
    username: 'ann',
    password: 'pw-canary',
  });
});

for (const [name, key] of [
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
] as const) {
  test(`${name} at the question changes nothing`, async (t) => {
    const { shows, types, ended } = terminal(await shop(t), 'applications list');
    await shows('The passphrase: ');
    types(key);
    const { code, screen } = await ended;
    assert.equal(code, 1);
    assert.match(screen, /Cancelled; nothing was changed\./);
  });
}

test('Enter shows the window again, at another address that works once', async (t) => {
  const { shows, types, ended } = terminal(place(t), 'window --port 0 --no-open');
  await shows('Press Enter to open it again');
  types('\r');
  await shows('Window (the address works once)');
  types('\r');
  await shows('Window (the address works once)');
  types('\u0003');
  const { code, screen } = await ended;
  assert.equal(code, 0, screen);
  const urls = screen.match(/http:\S+#token=[\w-]{43}/g) ?? [];
  assert.equal(new Set(urls).size, 3, screen);
});

test('progress is a bar', () => {
  assert.equal(bar({ done: 0, total: 10 }), `[${'-'.repeat(30)}] 0 of 10`);
  assert.equal(bar({ done: 5, total: 10 }), `[${'#'.repeat(15)}${'-'.repeat(15)}] 5 of 10`);
  assert.equal(bar({ done: 10, total: 10 }), `[${'#'.repeat(30)}] 10 of 10`);
  assert.equal(bar({ done: 0, total: 0 }), `[${'-'.repeat(30)}] 0 of 0`);
});
