import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import {
  commandLine,
  type Desktop,
  type DesktopHost,
  type DesktopPlace,
  desktopPlace,
  makeVault,
  startDesktop,
  startStandIn,
} from './desktop.ts';
import { listen } from './fixtures.ts';
import { passphrase } from './keyfob.ts';
import { FirstStart } from './pages/firstStart.ts';
import { Shell } from './pages/shell.ts';

interface Fixtures {
  readonly host: DesktopHost;
  /** `open`: made ahead, and unlocked when the window is there. */
  readonly vault: 'open' | 'none';
  readonly place: DesktopPlace;
  readonly desktop: Desktop;
}

/** The built program and the built preload; a spec fails on anything that the page complains of. */
const test = base.extend<Fixtures>({
  host: ['standIn', { option: true }],
  vault: ['open', { option: true }],
  place: async ({ vault }, use) => {
    const place = desktopPlace();
    if (vault === 'open') makeVault(place);
    await use(place);
    place.remove();
  },
  desktop: async ({ host, place }, use) => {
    const desktop = await startDesktop(host, place);
    const faults: string[] = [];
    await listen(desktop.page.context(), (fault) => faults.push(fault));
    await use(desktop);
    await desktop.quit();
    expect(faults).toEqual([]);
  },
});

/** `keyfob serve` over a place, until it is told to end. */
async function serveOver({ env }: DesktopPlace): Promise<{ end(): Promise<void> }> {
  const args = [commandLine, 'serve', '--port', '0'];
  const child = spawn(process.execPath, args, {
    env: { ...env, KEYFOB_PASSPHRASE: passphrase },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    async end() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** Opens the vault and makes an application with keys, as the command line could, and waits until the window shows them. */
async function withShop({ page, call }: Desktop): Promise<Shell> {
  await call('vault.unlock', { passphrase });
  await call('settings.write', { port: 0 });
  await call('applications.create', { name: 'Shop' });
  await call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  const shell = new Shell(page);
  await expect(shell.navigation).toBeVisible();
  return shell;
}

test.describe('the first time', () => {
  test.use({ vault: 'none' });

  test('it starts at the first start, and goes through it to a token', async ({ desktop }) => {
    const { page, call } = desktop;
    const first = new FirstStart(page);
    await first.protect(passphrase);
    await call('settings.write', { port: 0 });
    await first.button('Later').click();
    // It may run by now: the window starts it with the vault, where its port is free.
    await first.button(/^(Start the endpoint|Continue)$/).click();
    await first.button('Make the sample').click();
    await expect(first.command).toContainText('device_ipad');
    expect(await call('vault.status', {})).toMatchObject({ state: 'unlocked', mode: 'passphrase' });
    expect(await call('about.read', {})).toMatchObject({ what: 'the Keyfob window' });
  });
});

test('the page has the bridge and nothing else of the program, under a CSP', async ({ desktop }) => {
  const { page } = desktop;
  await expect(new Shell(page).heading).toHaveText(/locked/);
  const seen = await page.evaluate(() => {
    const page = globalThis as unknown as Record<string, object | undefined>;
    return {
      bridge: Object.keys(page.keyfob ?? {}).sort(),
      frozen: Object.isFrozen(page.keyfob),
      node: ['require', 'process', 'Buffer', 'module', 'ipcRenderer'].filter((name) => name in page),
    };
  });
  expect(seen).toEqual({ bridge: ['call', 'cancel', 'on'], frozen: true, node: [] });
  const headers = (await page.reload())?.headers() ?? {};
  expect(headers['content-security-policy']).toMatch(
    /^default-src 'none'; script-src 'self'; .*style-src 'self' 'nonce-/,
  );
});

test('tokens are minted in the window, and it hears of what others do', async ({ desktop }) => {
  const shell = await withShop(desktop);
  const { page, call } = desktop;
  await call('users.create', { username: 'tester', password: 's3cret' });
  await shell.goTo('Device tokens');
  await call('devices.mint', { application: 'Shop', keyType: 'PRODUCTION', device: ['ipad', 'iphone'] });
  await shell.goTo('Tokens');
  await expect(page.getByRole('main')).toContainText('ipad');
  await call('devices.mint', { application: 'Shop', keyType: 'PRODUCTION', device: ['pixel'] });
  await expect(page.getByRole('main')).toContainText('pixel');
});

test('no page leads elsewhere, opens a window, or downloads what it did not make', async ({ desktop }) => {
  const shell = await withShop(desktop);
  const { page, evaluate } = desktop;
  const before = page.url();
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await page.evaluate(() => window.open('https://example.com/'));
  await shell.goTo('Users');
  await expect(shell.heading).toHaveText('Users');
  expect(new URL(page.url()).origin).toBe(new URL(before).origin);
  await expect.poll(() => page.context().pages().length).toBe(1);
  expect(await evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('locking with the screen locks the vault and stops the endpoint, unless a setting says otherwise', async ({
  desktop,
}) => {
  const shell = await withShop(desktop);
  const { call, evaluate } = desktop;
  await call('endpoint.start', {});
  await call('settings.write', { lockWithScreen: false });
  await evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'));
  expect((await call('vault.status', {})).state).toBe('unlocked');
  await call('settings.write', { lockWithScreen: true });
  await evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  await expect(shell.heading).toHaveText(/locked/);
  expect(await call('endpoint.status', {})).toMatchObject({ running: false });
  await call('vault.unlock', { passphrase });
  await expect(shell.navigation).toBeVisible();
  await expect.poll(async () => (await call('endpoint.status', {})).running).toBe(true);
});

test('a copied secret is in the clipboard, marked, and goes while the vault is locked', async ({ desktop }) => {
  const shell = await withShop(desktop);
  const { page, call, evaluate } = desktop;
  const keySet = { application: 'Shop', keyType: 'PRODUCTION' } as const;
  const { consumerSecret } = await call('keys.reveal', keySet);
  const inClipboard = () => evaluate(({ clipboard }) => clipboard.readText());
  // Its 30 seconds are nobody's to wait for.
  await evaluate(() => {
    const { setTimeout: wait } = globalThis;
    Object.assign(globalThis, {
      setTimeout: (run: () => void, ms: number) => wait(run, ms === 30_000 ? 3000 : ms),
    });
  });
  await page.goto(`${desktop.url}#/applications/1/production`);
  await page.getByRole('button', { name: 'Copy the consumer secret' }).click();
  await expect(shell.toast('cleared in 30 seconds')).toBeVisible();
  expect(await inClipboard()).toBe(consumerSecret);
  await call('vault.lock', {});
  await expect(shell.heading).toHaveText(/locked/);
  await expect.poll(inClipboard).toBe('');
});

test('the native menu has what the palette has, and does it', async ({ desktop }) => {
  const shell = await withShop(desktop);
  const { evaluate, call } = desktop;
  const choose = (id: string) =>
    evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id);
  const labels = () => evaluate(({ Menu }) => (Menu.getApplicationMenu()?.items ?? []).map(({ label }) => label));
  await expect.poll(labels).toContain('Go to');
  await choose('go scopes');
  await expect(shell.heading).toHaveText('Scopes');
  await choose('do lock');
  await expect(shell.heading).toHaveText(/locked/);
  await expect.poll(labels).not.toContain('Go to');
  expect((await call('vault.status', {})).state).toBe('locked');
});

test('it quits when told to, by its menu and by a signal, and leaves the folder free', async ({
  desktop,
  place,
  host,
}) => {
  await withShop(desktop);
  await desktop.call('tokens.issue', { application: 'Shop', keyType: 'PRODUCTION' });
  await desktop.quit();
  expect(await desktop.ended).toBe(0);
  expect(existsSync(join(place.folder, 'control.json'))).toBe(false);
  expect(existsSync(join(place.folder, 'keyfob.db-wal'))).toBe(false);
  const again = await startDesktop(host, place);
  await again.call('vault.unlock', { passphrase });
  await expect(new Shell(again.page).navigation).toBeVisible();
  again.kill('SIGTERM');
  expect(await again.ended).toBe(0);
  expect(existsSync(join(place.folder, 'owner.json'))).toBe(false);
});

test('others get in beside the window: the command line, and a browser once somebody asks', async ({
  desktop,
  place,
}) => {
  await withShop(desktop);
  const keyfob = (...args: string[]) =>
    JSON.parse(spawnSync(process.execPath, [commandLine, ...args, '--json'], { env: place.env }).stdout.toString());
  expect(keyfob('about', 'read')).toMatchObject({ what: 'the Keyfob window' });
  const { windowUrl } = keyfob('window');
  const page = await fetch(windowUrl);
  expect(page.status).toBe(200);
  expect((await fetch(new URL('/desktop.html', windowUrl))).status).toBe(404);
});

test('closing the window quits, or with the setting goes on in the tray', async ({ desktop }) => {
  await withShop(desktop);
  const { evaluate, call } = desktop;
  const close = () => evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await call('settings.write', { runInTray: true });
  await close();
  expect(await evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(false);
  await evaluate(({ app }) => app.emit('activate'));
  expect(await evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
  await call('settings.write', { runInTray: false });
  await close();
  expect(await desktop.ended).toBe(0);
});

test.describe('on the stand-in, as nobody can press a button of the system', () => {
  test('a second start brings the first window to the front, and ends', async ({ desktop, place, host }) => {
    test.info().skip(host !== 'standIn', 'Electron hears of a second start by the command line of its own program.');
    const { evaluate } = desktop;
    await evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    const second = startStandIn(place);
    expect(await second.next()).toBe('ended');
    expect(await second.ended).toBe(0);
    await expect.poll(() => evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
  });

  test('a link to a standard goes to the browser of the system, and no other', async ({ desktop, host }) => {
    test.info().skip(host !== 'standIn', 'It would open a browser.');
    const { page, evaluate } = desktop;
    await expect(new Shell(page).heading).toHaveText(/locked/);
    for (const address of ['https://example.com/', 'https://www.rfc-editor.org/rfc/rfc6749']) {
      await page.evaluate((link) => window.open(link), address);
    }
    await expect.poll(() => evaluate(({ opened }) => opened)).toEqual(['https://www.rfc-editor.org/rfc/rfc6749']);
  });

  test('the tray copies the token that a device got last', async ({ desktop, host }) => {
    test.info().skip(host !== 'standIn', 'Electron tells nobody of its trays.');
    await withShop(desktop);
    const { call, evaluate } = desktop;
    const { items } = await call('devices.mint', {
      application: 'Shop',
      keyType: 'PRODUCTION',
      device: ['ipad', 'pixel'],
    });
    const choose = (start: string) =>
      evaluate(({ Tray }, wanted) => {
        const [tray] = Tray.shown;
        const item = tray?.menu?.items.find(({ label }) => label.startsWith(wanted));
        item?.click();
        return item?.label;
      }, start);
    await expect.poll(() => choose('Copy the token of')).toBe('Copy the token of pixel');
    const inClipboard = () => evaluate(({ clipboard }) => clipboard.readText());
    await expect.poll(inClipboard).toBe(items.find(({ device }) => device === 'pixel')?.accessToken);
    expect(await evaluate(({ clipboard }) => clipboard.formats().length)).toBeGreaterThan(1);
    await choose('Lock');
    await expect.poll(async () => (await call('vault.status', {})).state).toBe('locked');
  });

  test('a folder that is owned is told of, and the window of its owner offered', async ({ place, host }) => {
    test.info().skip(host !== 'standIn', 'The dialog of the system has no button that a spec could press.');
    const owner = await serveOver(place);
    const program = startStandIn(place);
    expect(await program.next()).toMatchObject({
      message: expect.stringMatching(/^keyfob serve \(process \d+\) owns the data folder\.$/),
      buttons: ['Show its window', 'Try again', 'Quit'],
    });
    await owner.end();
    program.answer('Try again');
    expect(await program.next()).toBe('window');
    program.kill('SIGTERM');
    expect(await program.ended).toBe(0);
  });
});
