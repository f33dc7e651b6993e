import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { bar } from '../../main/cli/output/progress.ts';
import { command, type Place, passphrase, place } from './keyfob.ts';

/** A command on a separate terminal. */
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
    /** Waits until the screen shows a text after the last awaited one. */
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

test('a terminal prompts for the passphrase, hides it, and gets a table with a bold heading', async (t) => {
  const { shows, types, ended } = terminal(await shop(t), 'applications list');
  await shows('Passphrase: ');
  types(`${passphrase}\r`);
  const { code, screen } = await ended;
  assert.equal(code, 0, screen);
  assert.match(screen, /\[1mid +name/);
  assert.match(screen, /1 +Shop/);
  assert.equal(screen.includes(passphrase), false);
});

test('NO_COLOR turns colours off', async (t) => {
  const { ended } = terminal(await shop(t), 'applications list', { KEYFOB_PASSPHRASE: passphrase, NO_COLOR: '1' });
  const { screen } = await ended;
  assert.match(screen, /1 +Shop/);
  assert.equal(screen.includes('\u001B'), false);
});

test('a terminal prompts twice for a new passphrase', async (t) => {
  const here = place(t);
  const first = terminal(here, 'vault create --mode passphrase');
  await first.shows('New passphrase: ');
  first.types('first words of it\r');
  await first.shows('Repeat passphrase: ');
  first.types('other words of it\r');
  const differing = await first.ended;
  assert.equal(differing.code, 2);
  assert.match(differing.screen, /Passphrases don't match/);

  const second = terminal(here, 'vault create --mode passphrase');
  for (const question of ['New passphrase: ', 'Repeat passphrase: ']) {
    await second.shows(question);
    second.types('first words of it\r');
  }
  const { code, screen } = await second.ended;
  assert.equal(code, 0, screen);
  assert.match(screen, /recovery key/);
  assert.match(screen, /Next: save the recovery key/);
  assert.equal(screen.includes('first words'), false);
});

test('a terminal prompts twice for a missing password', async (t) => {
  const here = await shop(t);
  const env = { KEYFOB_PASSPHRASE: passphrase };
  const { shows, types, ended } = terminal(here, 'users create --user ann', env);
  for (const question of ['New password: ', 'Repeat password: ']) {
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
  test(`${name} at a prompt changes nothing`, async (t) => {
    const { shows, types, ended } = terminal(await shop(t), 'applications list');
    await shows('Passphrase: ');
    types(key);
    const { code, screen } = await ended;
    assert.equal(code, 1);
    assert.match(screen, /Cancelled; nothing was changed\./);
  });
}

test('Enter opens the window again, with a new link that works once', async (t) => {
  const { shows, types, ended } = terminal(place(t), 'window --port 0 --no-open');
  await shows('Press Enter for a new link');
  types('\r');
  await shows('Open this link (works once)');
  types('\r');
  await shows('Open this link (works once)');
  types('\u0003');
  const { code, screen } = await ended;
  assert.equal(code, 0, screen);
  const urls = screen.match(/http:\S+#token=[\w-]{43}/g) ?? [];
  assert.equal(new Set(urls).size, 3, screen);
});

test('progress is drawn as a bar', () => {
  assert.equal(bar({ done: 0, total: 10 }), `[${'-'.repeat(30)}] 0 of 10`);
  assert.equal(bar({ done: 5, total: 10 }), `[${'#'.repeat(15)}${'-'.repeat(15)}] 5 of 10`);
  assert.equal(bar({ done: 10, total: 10 }), `[${'#'.repeat(30)}] 10 of 10`);
  assert.equal(bar({ done: 0, total: 0 }), `[${'-'.repeat(30)}] 0 of 0`);
});
