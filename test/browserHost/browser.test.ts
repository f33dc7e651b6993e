import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { browserPaths, findBrowser, openAppWindow, openEndpointPage } from '../../main/browserHost/browser.ts';
import { testFolder } from '../helpers/serving.ts';

const url = 'http://127.0.0.1:1/#token=abc';

/** A system whose only browser is `name`, which logs its arguments and environment. */
function systemWith(t: TestContext, name: string) {
  const folder = testFolder(t);
  const log = join(folder, 'log');
  // The script `xdg-open` uses these.
  for (const tool of ['cut', 'env', 'grep', 'sed', 'tr']) symlinkSync(join('/usr/bin', tool), join(folder, tool));
  writeFileSync(join(folder, name), `#!/bin/sh\n{ echo "$@"; env; } >'${log}.new'; /bin/mv '${log}.new' '${log}'\n`);
  chmodSync(join(folder, name), 0o755);
  const before = { ...process.env };
  t.after(() => {
    process.env = before;
  });
  process.env = { PATH: folder, HOME: folder, DISPLAY: ':7', BROWSER: name, KEYFOB_PASSPHRASE: 'correct horse' };
  return { folder, log };
}

for (const [name, argument] of [
  ['brave-browser', `--app=${url}`],
  ['firefox', url],
] as const) {
  test(`opens ${name} with ${argument}, and gives it no secret`, async (t) => {
    const { folder, log } = systemWith(t, name);
    assert.equal(await openAppWindow(url, folder), true);
    // The browser is another process, which a busy machine may start late.
    while (!existsSync(log)) await delay(10);
    const [first, ...environment] = readFileSync(log, 'utf8').split('\n');
    assert.equal(first, argument);
    assert.ok(environment.includes('DISPLAY=:7'));
    assert.deepEqual(
      environment.filter((line) => line.startsWith('KEYFOB_')),
      [],
    );
  });
}

test("opens the endpoint's page in the default browser, as no app window, and no page of another host", async (t) => {
  const page = 'https://localhost:8243/authorize?response_type=code&state=a%20b';
  const { log } = systemWith(t, 'firefox');
  for (const address of [
    'http://localhost:8243/',
    'https://localhost.example/',
    'file:///etc/passwd',
    'https://x@y/',
  ]) {
    await assert.rejects(openEndpointPage(address), /on localhost/);
  }
  process.env.DISPLAY = '';
  assert.equal(await openEndpointPage(page), false);
  process.env.DISPLAY = ':7';
  assert.equal(await openEndpointPage(page), true);
  while (!existsSync(log)) await delay(10);
  assert.equal(readFileSync(log, 'utf8').split('\n')[0], page);
});

test('opens nothing without a display, and reports a browser that does not start', async (t) => {
  const { folder, log } = systemWith(t, 'chromium');
  process.env.DISPLAY = '';
  assert.equal(await openAppWindow(url, folder), true);
  process.env.DISPLAY = ':7';
  writeFileSync(join(folder, 'chromium'), '#!/nowhere/at/all\n');
  assert.equal(await openAppWindow(url, folder), false);
  assert.ok(!existsSync(log));
});

test('looks for browsers with app windows in the usual places of each system', (t) => {
  const windows = browserPaths(
    { ProgramFiles: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local' },
    'win32',
  );
  assert.ok(windows.includes('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'));
  assert.ok(windows.includes('C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe'));
  assert.ok(windows.every((path) => /^C:\\/.test(path)));
  const mac = browserPaths({ HOME: '/Users/me' }, 'darwin');
  assert.ok(mac.includes('/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'));
  assert.ok(mac.includes('/Users/me/Applications/Brave Browser.app/Contents/MacOS/Brave Browser'));
  const folder = testFolder(t);
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/microsoft-edge'), '', { mode: 0o755 });
  assert.equal(findBrowser({ PATH: `${folder}:${folder}/bin` }, 'linux'), join(folder, 'bin/microsoft-edge'));
});
