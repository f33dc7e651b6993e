import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, passphrase, test } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { Window } from './pages/window.ts';

const screens = ['Applications', 'Device tokens', 'Tokens', 'Users', 'Scopes', 'Endpoint', 'APIs', 'Requests'];

test.describe('a new data folder', () => {
  test.use({ vault: 'none' });

  test('begins with the first start, and leads to the screens', async ({ page, keyfob }) => {
    const window = new Window(page);
    await window.open(await keyfob.newUrl());
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Keyfob');
    expect(page.url()).not.toContain('token=');
  });
});

test('each screen has a shortcut, and the side bar marks the current one', async ({ shell, page }) => {
  for (const [index, title] of screens.entries()) {
    await shell.press(`Alt+${index + 1}`);
    await expect(shell.heading).toHaveText(title);
    await expect(shell.navigation.getByRole('link', { name: title, exact: true })).toHaveAttribute(
      'aria-current',
      'page',
    );
    await expect(page).toHaveTitle(`${title} · Keyfob`);
  }
  await shell.press('Mod+,');
  await expect(shell.heading).toHaveText('Settings');
  await page.goBack();
  await expect(shell.heading).toHaveText('Requests');
});

test('reports a taken port on every screen, and offers a free one', async ({ shell, page, keyfob }) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    await keyfob.call('settings.write', { port });
    // As Keyfob starts it when the vault opens.
    await expect(keyfob.call('endpoint.start', {})).rejects.toThrow('in use');
    const banner = page.getByRole('status').filter({ hasText: `Endpoint stopped: port ${port} is in use` });
    await expect(banner).toBeVisible();
    // The screen's code may load after the banner.
    await expect(shell.heading).toBeVisible();
    await expectAccessible(page);
    await banner.getByRole('button', { name: /^Use port \d+$/ }).click();
    await expect(banner).toBeHidden();
    const { running, port: now } = await keyfob.call('endpoint.status', {});
    expect(running).toBe(true);
    await expect.poll(async () => (await keyfob.call('settings.read', {})).port).toBe(now);
    await expect(shell.heading).toBeVisible();
  } finally {
    taken.close();
  }
});

test('the palette goes to a screen, and returns the focus', async ({ shell, page }) => {
  await shell.press('Mod+k');
  await expect(shell.dialog('Command palette')).toBeVisible();
  await page.keyboard.type('scop');
  await page.keyboard.press('Enter');
  await expect(shell.heading).toHaveText('Scopes');
  await expect(shell.dialog('Command palette')).toBeHidden();
});

test('the shortcut sheet lists the keys', async ({ shell, page }) => {
  await shell.press('Mod+/');
  const sheet = shell.dialog('Shortcuts');
  await expect(sheet).toContainText('Command palette');
  await expectAccessible(page);
  await takePictures(page, 'shortcuts');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('the snippet pane opens and closes by its key', async ({ shell, page }) => {
  await expect(shell.snippets).toBeVisible();
  await shell.press('Mod+Shift+g');
  await expect(shell.snippets).toBeHidden();
  await shell.press('Mod+Shift+g');
  await expect(shell.snippets).toBeVisible();
  await page.setViewportSize({ width: 960, height: 640 });
  await expect(shell.snippets).toBeHidden();
  await shell.press('Mod+Shift+g');
  await expect(shell.snippets).toBeVisible();
  await takePictures(page, 'snippetPane', ['960x640']);
});

test('the endpoint starts and stops from the status bar', async ({ shell, page, keyfob }) => {
  await keyfob.call('settings.write', { port: 0 });
  await shell.status.getByRole('button', { name: 'Endpoint stopped' }).click();
  await page.getByRole('menuitem', { name: 'Start the endpoint' }).click();
  const running = shell.status.getByRole('button', { name: /Endpoint on \d+/ });
  await expect(running).toBeVisible();
  await running.click();
  await page.getByRole('menuitem', { name: 'Stop the endpoint' }).click();
  await expect(shell.status.getByRole('button', { name: 'Endpoint stopped' })).toBeVisible();
});

test('locking shows the way back in', async ({ shell, keyfob }) => {
  await shell.press('Mod+l');
  await expect(shell.heading).toHaveText(/locked/);
  await keyfob.call('vault.unlock', { passphrase });
  await expect(shell.navigation).toBeVisible();
});

test('reports a lost connection, and shows the changes made since when it returns', { tag: '@browser' }, async ({
  shell,
  page,
  keyfob,
  faults,
}) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET/);
  const lost = page.getByText('Disconnected.', { exact: true });
  // Offline, no more code of the screen could be loaded.
  await expect(page.getByRole('button', { name: 'Add a sample' })).toBeVisible();
  await expect(shell.snippets).toContainText('Create an application');
  // The first blocks new connections, the second ends existing ones.
  await page.context().setOffline(true);
  await keyfob.cut();
  await expect(lost).toBeVisible();
  await expect(shell.status.getByRole('button', { name: 'No answer' })).toBeVisible();
  await keyfob.call('applications.create', { name: 'Shop' });
  await page.context().setOffline(false);
  await expect(lost).toBeHidden();
  await expect(page.getByText('Shop').first()).toBeVisible();
  await expect(shell.heading).toHaveText('Applications');
});

test('each address opens one window: used again, it says what to do', { tag: '@browser' }, async ({
  page,
  keyfob,
  faults,
}) => {
  faults.expect(/status of 40[13]/);
  const url = await keyfob.newUrl();
  const window = new Window(page);
  await window.open(url);
  await page.reload();
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
  const other = new Window(await page.context().newPage());
  await other.open(url);
  await expect(other.heading).toHaveText('Link already used');
  await expectAccessible(other.page);
  await takePictures(other.page, 'usedAddress');
});

test('the shell looks as it should', async ({ shell, page, keyfob }) => {
  await keyfob.call('applications.create', { name: 'Shop' });
  await keyfob.call('applications.create', { name: 'Billing', description: 'Invoices' });
  await shell.goTo('Applications');
  await expect(page.getByText('Billing').first()).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'applications');
  await shell.press('Mod+k');
  await expect(shell.dialog('Command palette')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'palette');
});
