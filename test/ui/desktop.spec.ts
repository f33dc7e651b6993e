import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Bridge } from '../../preload/contract/bridge.ts';
import { commandLine, startDesktop } from './harness/desktop.ts';
import { expect, test, withShop } from './harness/desktopFixtures.ts';
import { passphrase } from './harness/keyfob.ts';
import { FirstStart } from './pages/firstStart.ts';
import { Shell } from './pages/shell.ts';
import { ShortcutsPage } from './pages/shortcuts.ts';

test.describe('the first start', () => {
  test.use({ vault: 'none' });

  test('begins with the first start, and gets a token', async ({ desktop }) => {
    const { page, call } = desktop;
    const first = new FirstStart(page);
    await first.protect(passphrase);
    await call('settings.write', { port: 0 });
    await first.button('Skip for now').click();
    // The endpoint may run already: the window starts it with the vault if its port is free.
    await first.button(/^(Start the endpoint|Continue)$/).click();
    await first.button('Create sample').click();
    await expect(first.command).toContainText('device_ipad');
    expect(await call('vault.status', {})).toMatchObject({ state: 'unlocked', mode: 'passphrase' });
    expect(await call('about.read', {})).toMatchObject({ what: 'the Keyfob window' });
  });
});

test('gives the page the bridge and nothing else of the program, under a CSP', async ({ desktop }) => {
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
  const afterTampering = await page.evaluate(async () => {
    const page = globalThis as unknown as { keyfob: Bridge };
    Object.assign(globalThis, {
      structuredClone() {
        throw new Error('the preload runs in the world of the page');
      },
    });
    page.keyfob.on('event', () => undefined)();
    return { reply: await page.keyfob.call('vault.status', {}, 1_000_000), globals: Object.keys(page) };
  });
  expect(afterTampering.reply).toMatchObject({ ok: true, output: { state: 'locked' } });
  expect(afterTampering.globals.filter((name) => /standIn/i.test(name))).toEqual([]);
  const headers = (await page.reload())?.headers() ?? {};
  expect(headers['content-security-policy']).toMatch(
    /^default-src 'none'; script-src 'self'; .*style-src 'self' 'nonce-/,
  );
});

test('mints tokens in the window, and follows changes by others', async ({ desktop }) => {
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

test('lets no page navigate away, open a window, or download foreign files', async ({ desktop }) => {
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

test('locks the vault and stops the endpoint before sleep, unless a setting says otherwise', async ({ desktop }) => {
  const shell = await withShop(desktop);
  const { call, evaluate } = desktop;
  await call('endpoint.start', {});
  await call('settings.write', { lockWithScreen: false });
  await evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  expect((await call('vault.status', {})).state).toBe('unlocked');
  await call('settings.write', { lockWithScreen: true });
  await evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  await expect(shell.heading).toHaveText(/locked/);
  expect(await call('endpoint.status', {})).toMatchObject({ running: false });
  await call('vault.unlock', { passphrase });
  await expect(shell.navigation).toBeVisible();
  await expect.poll(async () => (await call('endpoint.status', {})).running).toBe(true);
});

test('marks a copied secret in the clipboard, and clears it while the vault is locked', async ({ desktop }) => {
  const shell = await withShop(desktop);
  const { page, call, evaluate } = desktop;
  const keySet = { application: 'Shop', keyType: 'PRODUCTION' } as const;
  const { consumerSecret } = await call('keys.reveal', keySet);
  const inClipboard = () => evaluate(({ clipboard }) => clipboard.readText());
  await page.goto(`${desktop.url}#/applications/1/production`);
  await page.getByRole('button', { name: 'Copy the consumer secret' }).click();
  await expect(shell.clipboardChip).toContainText(/Clipboard clears in \d+ s/);
  expect(await inClipboard()).toBe(consumerSecret);
  await call('vault.lock', {});
  await expect(shell.heading).toHaveText(/locked/);
  // As if the machine had slept for longer than 30 seconds.
  await evaluate(() => {
    const { now } = Date;
    Date.now = () => now() + 30_000;
  });
  await expect.poll(inClipboard).toBe('');
});

test("the native menu has the palette's entries and runs them", async ({ desktop }) => {
  const shell = await withShop(desktop);
  const { evaluate, call } = desktop;
  const choose = (id: string) =>
    evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id);
  const labels = () => evaluate(({ Menu }) => (Menu.getApplicationMenu()?.items ?? []).map(({ label }) => label));
  await expect.poll(labels).toContain('Go to');
  await choose('go scopes');
  await expect(shell.heading).toHaveText('Scopes');

  const keysOf = (id: string) =>
    evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.accelerator, id);
  expect(await keysOf('go scopes')).toBe('Alt+5');
  const shortcuts = new ShortcutsPage(desktop.page);
  await shortcuts.show();
  await shortcuts.change('Go to scopes').press('Enter');
  await shortcuts.recording('Go to scopes').press('ControlOrMeta+u');
  await expect.poll(() => keysOf('go scopes')).toBe('CmdOrCtrl+U');
  await choose('do lock');
  await expect(shell.heading).toHaveText(/locked/);
  await expect.poll(labels).not.toContain('Go to');
  expect((await call('vault.status', {})).state).toBe('locked');
});

test('quits by its menu and by a signal, and releases the folder', { tag: '@signal' }, async ({
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

test('lets others in: the command line, and a browser on demand', async ({ desktop, place }) => {
  await withShop(desktop);
  const keyfob = (...args: string[]) =>
    JSON.parse(spawnSync(process.execPath, [commandLine, ...args, '--json'], { env: place.env }).stdout.toString());
  expect(keyfob('about', 'read')).toMatchObject({ what: 'the Keyfob window' });
  const { windowUrl } = keyfob('window');
  const page = await fetch(windowUrl);
  expect(page.status).toBe(200);
  expect((await fetch(new URL('/desktop.html', windowUrl))).status).toBe(404);
});

test('closing the window quits, or keeps running in the tray by a setting', async ({ desktop }) => {
  await withShop(desktop);
  const { evaluate, call } = desktop;
  const close = () => evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await call('settings.write', { runInTray: true });
  await close();
  expect(await evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(false);
  await evaluate(({ app }) => app.emit('second-instance', {}, [], ''));
  expect(await evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
  await call('settings.write', { runInTray: false });
  await close();
  expect(await desktop.ended).toBe(0);
});
