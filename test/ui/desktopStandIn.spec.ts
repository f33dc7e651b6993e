import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { commandLine, type DesktopPlace, startStandIn } from './harness/desktop.ts';
import { expect, test, withShop } from './harness/desktopFixtures.ts';
import { passphrase } from './harness/keyfob.ts';
import { Shell } from './pages/shell.ts';
import { Snippets } from './pages/snippets.ts';

// On the stand-in only: nobody can press a button of the system's dialogs and tray, and no browser may open.

/** Runs `keyfob serve` over a place until it is stopped. */
async function serveOver({ env }: DesktopPlace): Promise<{ end(): Promise<void> }> {
  const args = [commandLine, 'serve', '--port', '0', '--ui-port', '0'];
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

test('a second start brings the first window to the front and quits', async ({ desktop, place }) => {
  const { evaluate } = desktop;
  await evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const second = startStandIn(place);
  expect(await second.next()).toBe('ended');
  expect(await second.ended).toBe(0);
  await expect.poll(() => evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
});

test("opens links to standards in the system's browser, and no others", async ({ desktop }) => {
  const { page, evaluate } = desktop;
  await expect(new Shell(page).heading).toHaveText(/locked/);
  for (const address of ['https://example.com/', 'https://www.rfc-editor.org/rfc/rfc6749']) {
    await page.evaluate((link) => window.open(link), address);
  }
  await expect.poll(() => evaluate(({ opened }) => opened)).toEqual(['https://www.rfc-editor.org/rfc/rfc6749']);
});

test("the tray copies the newest device token, and a sign-in opens in the system's browser", async ({ desktop }) => {
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

  const keys = { application: 'Shop', keyType: 'PRODUCTION' } as const;
  await call('keys.update', { ...keys, grantTypes: ['authorization_code'], callbackUrl: 'http://127.0.0.1/cb' });
  const snippets = new Snippets(desktop.page);
  await snippets.field('Grant').selectOption('Authorization code');
  await expect(snippets.address).toContainText('/authorize?response_type=code');
  await snippets.run.click();
  await expect(snippets.signIn).toBeVisible();
  const { authorizeUrl = '' } = await call('endpoint.status', {});
  await expect.poll(() => evaluate(({ opened }) => opened.at(-1))).toContain(`${authorizeUrl}?response_type=code&`);
  await snippets.button('Cancel').click();
  await expect(snippets.signIn).toBeHidden();
  await choose('Lock');
  await expect.poll(async () => (await call('vault.status', {})).state).toBe('locked');
});

test.describe('where the desktop shows no tray', () => {
  test.use({ tray: false });

  test('offers no tray, and quits when the window closes', async ({ desktop }) => {
    await withShop(desktop);
    const { page, call, evaluate } = desktop;
    expect(await evaluate(({ Tray }) => Tray.shown.size)).toBe(0);
    await page.goto(`${desktop.url}#/settings/appearance`);
    await expect(page.getByRole('main')).toContainText('Theme');
    await expect(page.getByRole('main')).not.toContainText(/tray/i);
    await call('settings.write', { runInTray: true });
    await evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    expect(await desktop.ended).toBe(0);
  });
});

test('on Wayland the tray shows the window before it copies; without the sandbox the window says so', async ({
  place,
}) => {
  const wayland = { ...place, env: { ...place.env, XDG_SESSION_TYPE: 'wayland' } };
  const run = startStandIn(wayland, undefined, ['--no-sandbox']);
  const desktop = await run.desktop();
  await withShop(desktop);
  const { call, evaluate } = desktop;
  expect(await call('about.read', {})).toMatchObject({ sandbox: 'off' });
  const { items } = await call('doctor.run', {});
  expect(items.find(({ check }) => check === 'Sandbox of the window')).toMatchObject({ state: 'warning' });

  await call('devices.mint', { application: 'Shop', keyType: 'PRODUCTION', device: ['ipad'] });
  await evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const copy = () =>
    evaluate(({ Tray }) => {
      const [tray] = Tray.shown;
      tray?.menu?.items.find(({ label }) => label === 'Copy the token of ipad')?.click();
    });
  await expect.poll(() => copy().then(() => evaluate(({ clipboard }) => clipboard.readText()))).toMatch(/^[\w-]{28}$/);
  expect(await evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
  await desktop.quit();
});

test("reports an owned folder, and offers its owner's window", async ({ place }) => {
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
