import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { commandLine, type DesktopPlace, startStandIn } from './desktop.ts';
import { expect, test, withShop } from './desktopFixtures.ts';
import { passphrase } from './keyfob.ts';
import { Shell } from './pages/shell.ts';

// On the stand-in only: nobody can press a button of the system's dialogs and tray, and no browser is to be opened.

/** `keyfob serve` over a place, until it is told to end. */
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

test('a second start brings the first window to the front, and ends', async ({ desktop, place }) => {
  const { evaluate } = desktop;
  await evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const second = startStandIn(place);
  expect(await second.next()).toBe('ended');
  expect(await second.ended).toBe(0);
  await expect.poll(() => evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
});

test('a link to a standard goes to the browser of the system, and no other', async ({ desktop }) => {
  const { page, evaluate } = desktop;
  await expect(new Shell(page).heading).toHaveText(/locked/);
  for (const address of ['https://example.com/', 'https://www.rfc-editor.org/rfc/rfc6749']) {
    await page.evaluate((link) => window.open(link), address);
  }
  await expect.poll(() => evaluate(({ opened }) => opened)).toEqual(['https://www.rfc-editor.org/rfc/rfc6749']);
});

test('the tray copies the token that a device got last', async ({ desktop }) => {
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

test('a folder that is owned is told of, and the window of its owner offered', async ({ place }) => {
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
