import type { Locator } from '@playwright/test';
import { test as base, expect } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { fillTokens, type TokenScene } from './harness/tokenScene.ts';
import { Palette } from './pages/palette.ts';
import { TokensPage } from './pages/tokens.ts';

const test = base.extend<{ readonly scene: TokenScene; readonly palette: Palette }>({
  scene: async ({ keyfob }, use) => use(await fillTokens(keyfob)),
  palette: async ({ scene: _, shell }, use) => use(new Palette(shell.page)),
});

test('finds applications, users and tokens by part of their names and properties', async ({
  palette,
  shell,
  page,
  scene,
}) => {
  await palette.run('bill', /^Billing/);
  await expect(shell.heading).toHaveText('Billing');

  await palette.run('ann', /^annthe tokens of this user/);
  await expect(shell.heading).toHaveText('Tokens');
  await expect(page).toHaveURL(/user=ann/);

  await palette.run('ipad', /^ipadShop/);
  await expect(page).toHaveURL(new RegExp(`#/tokens/${scene.ipad}`));

  await palette.open();
  await page.keyboard.type('admin');
  await expect(palette.options.filter({ hasText: 'owned by admin' })).toHaveCount(2);
  await page.keyboard.press('Escape');

  await palette.open();
  await page.keyboard.type('no such thing: ?');
  await expect(palette.options).toHaveText(['Create application “no such thing: ?”']);
});

test('takes a verb and a token, and creates what it does not find', async ({ palette, shell, page, keyfob, scene }) => {
  const read = (id: number) => keyfob.call('tokens.read', { token: String(id) });
  await palette.run('expire ipad', /^Expire ipad in 10 s/);
  await expect(shell.toast(`Token ${scene.ipad} expires in 10 s.`)).toHaveCount(1);
  await palette.run('expire pixel now', /^Expire pixel now/);
  await expect.poll(async () => (await read(scene.pixel)).valid).toBe(false);
  await palette.run('copy curl for ipad', /^Copy curl for ipad/);
  await expect(shell.toast('Curl command copied')).toHaveCount(1);
  await palette.run(`revoke ${scene.pixel}`, /^Revoke pixel…/);
  await shell
    .dialog('Revoke')
    .getByRole('button', { name: /^Revoke/ })
    .click();
  await expect.poll(async () => (await read(scene.pixel)).state).toBe('REVOKED');

  await palette.run('Reports app', 'Create application “Reports app”');
  await expect(shell.heading).toHaveText('Reports app');
  await palette.run('sandbox keys for rep', /^Generate Sandbox keys for Reports app/);
  await expect(page).toHaveURL(/sandbox$/);
  await palette.run('new user', /^New user/);
  await expect(shell.dialog('New user')).toBeVisible();
  await shell.escape();
});

test('Enter before the search ends takes the match that arrives, and creates nothing @browser', async ({
  palette,
  page,
  keyfob,
  scene,
}) => {
  let answer = Promise.withResolvers<void>();
  await page.route('**/call', async (route) => {
    if (route.request().postData()?.includes('tokens.list')) await answer.promise;
    await route.continue().catch(() => undefined);
  });
  const enterEarly = async (words: string) => {
    answer = Promise.withResolvers();
    await palette.open();
    await page.keyboard.type(words);
    await expect(palette.dialog).toContainText('Searching…');
    await page.keyboard.press('Enter');
    answer.resolve();
  };
  await enterEarly('no such thing');
  await expect(palette.options).toHaveText(['Create application “no such thing”']);
  await page.keyboard.press('Escape');
  await enterEarly('ipad');
  await expect(page).toHaveURL(new RegExp(`#/tokens/${scene.ipad}`));
  expect((await keyfob.call('applications.list', {})).items).toHaveLength(2);
});

test('mints a device token in the context, and moves the clock', async ({ palette, shell, page, keyfob }) => {
  await shell.goTo('Device tokens');
  await expect(page.getByRole('button', { name: /^Mint/ }).first()).toBeVisible();
  await shell.goTo('Users');
  await palette.run('mint kiosk-1', /^Mint device “kiosk-1”Shop/);
  await expect(shell.heading).toHaveText('Device tokens');
  await expect(page.getByText('1 token minted')).toBeVisible();
  await palette.run('clock +1 h', 'Clock +1 h');
  await expect.poll(async () => (await keyfob.call('settings.read', {})).clockOffsetSeconds).toBe(3600);
  await palette.run('real', /^Back to real time/);
  await expect.poll(async () => (await keyfob.call('settings.read', {})).clockOffsetSeconds).toBe(0);
  // The last choices come first when nothing is typed.
  await palette.open();
  await expect(palette.options.first()).toHaveText('Clock +1 h');
});

test('finds a token by its value, and stores it nowhere', async ({ palette, page, keyfob, scene }) => {
  const { accessToken } = await keyfob.call('tokens.reveal', { token: String(scene.pixel) });
  await palette.run(accessToken, /^pixel/);
  await expect(page).toHaveURL(new RegExp(`#/tokens/${scene.pixel}`));
  await palette.open();
  await expect(palette.dialog.getByRole('combobox')).toHaveValue('');
});

test('runs commands and shows their keys', async ({ palette, shell, page, keyfob }) => {
  await keyfob.call('settings.write', { port: 0 });
  await palette.run('start the', 'Start the endpoint');
  await expect.poll(async () => (await keyfob.call('endpoint.status', {})).running).toBe(true);
  await palette.run('stop the', 'Stop the endpoint');
  await expect.poll(async () => (await keyfob.call('endpoint.status', {})).running).toBe(false);

  await palette.run('dark', 'Theme: dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await palette.run('light', 'Theme: light');
  await palette.run('present', /^Hide secrets/);
  await expect(shell.status.getByRole('button', { name: /secrets hidden/i })).toBeVisible();
  await palette.run('snippet', /^Show or hide the snippet pane/);
  await expect(shell.snippets).toBeHidden();
  await palette.run('setti', /^Settings/);
  await expect(shell.heading).toHaveText('Settings');

  await palette.open();
  await page.keyboard.type('lock');
  await expect(palette.dialog.getByRole('option', { name: 'Lock the vault' })).toContainText(/Ctrl.*L|⌘.*L/);
  await page.keyboard.press('Escape');
  await palette.run('lock', /^Lock the vault/);
  await expect(shell.heading).toHaveText(/locked/);
});

test("offers the screen's commands first, and moves the focus where they lead", async ({ palette, shell, page }) => {
  await shell.goTo('Users');
  await palette.run('new user', /^New user/);
  await expect(shell.dialog('New user')).toBeVisible();
  await shell.escape();
  await palette.run('find', /^Find a user/);
  await expect(page.getByRole('searchbox')).toBeFocused();
});

test('returns the focus when closed, and its keys close it', async ({ palette, shell, page }) => {
  const link = shell.navigation.getByRole('link', { name: 'Users' });
  await link.focus();
  for (const close of ['Escape', 'ControlOrMeta+k', 'ControlOrMeta+p']) {
    await palette.open();
    await page.keyboard.press(close);
    await expect(palette.dialog).toBeHidden();
    await expect(link).toBeFocused();
  }
  await shell.press('Mod+p');
  await expect(palette.dialog).toBeVisible();
  // The layer hears clicks outside of it only a moment after it is shown.
  await expect(async () => {
    await page.mouse.click(5, 5);
    await expect(palette.dialog).toBeHidden({ timeout: 1000 });
  }).toPass();
  await expect(link).toBeFocused();

  await palette.run('shortcuts', /^Shortcuts/);
  await expect(shell.dialog('Shortcuts')).toBeVisible();
  await shell.escape();
  await expect(link).toBeFocused();

  await palette.open();
  await shell.press('Mod+/');
  await expect(palette.dialog).toBeHidden();
  await expect(shell.dialog('Shortcuts')).toBeVisible();
  await shell.escape();
  await expect(shell.dialog('Shortcuts')).toBeHidden();
  await expect(page.locator('body')).not.toBeFocused();
});

test('is accessible with results', async ({ palette, page }) => {
  await palette.open();
  await page.keyboard.type('ipad');
  await expect(palette.options.first()).toContainText('ipad');
  await expectAccessible(page);
  await takePictures(page, 'palette-found');
});

test("a dialog blocks the screen's keys, and takes the key for the primary action", async ({ shell, keyfob }) => {
  await shell.goTo('Users');
  await expect(shell.heading).toHaveText('Users');
  await shell.press('Alt+n');
  const dialog = shell.dialog('New user');
  await dialog.getByLabel('Username').fill('cleo');
  await shell.press('Mod+f');
  await expect(dialog.getByLabel('Username')).toBeFocused();
  await shell.press('Mod+Enter');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByLabel(/^Password/).fill('s3cret');
  await shell.press('Mod+Enter');
  await expect(dialog).toBeHidden();
  expect((await keyfob.call('users.list', {})).items.map(({ username }) => username)).toContain('cleo');
});

/** The lines of the shortcut sheet: action and keys. */
async function linesOf(sheet: Locator): Promise<Readonly<Record<string, string>>> {
  const labels = await sheet.locator('dt').allTextContents();
  const keys = await sheet
    .locator('dd')
    .evaluateAll((all) => all.map((one) => [...one.querySelectorAll('kbd')].map((kbd) => kbd.textContent).join(' ')));
  return Object.fromEntries(labels.map((label, index) => [label, keys[index] ?? '']));
}

test('the shortcut sheet lists every key, and each works as listed', async ({
  palette,
  shell,
  page,
  keyfob,
  scene,
}) => {
  await keyfob.call('settings.write', { port: 0 });
  const tokens = new TokensPage(page);
  const sheet = shell.dialog('Shortcuts');
  await shell.goTo('Tokens');
  await tokens.expectCount('14 tokens');
  await shell.press('Mod+/');
  await expect(sheet.getByText('Go to endpoint')).toBeVisible();
  const listed = await linesOf(sheet);
  await shell.escape();
  await expect(sheet).toBeHidden();
  expect(listed).toEqual({
    'Search the tokens': 'Ctrl F',
    'Copy the token of the row': 'Ctrl Shift C',
    'Primary action': 'Ctrl Enter',
    New: 'Ctrl N Alt N',
    Edit: 'F2',
    'Switch to Sandbox': 'Ctrl E',
    // These two send requests, and run.spec.ts presses them.
    'Run the call': 'Ctrl Shift Enter',
    'Verify all device tokens': 'Alt V',
    'Go up and down': '↑ ↓',
    'Open the row': 'Enter',
    Revoke: 'Ctrl Shift Backspace',
    'Row actions': '→',
    'Select row': 'Space',
    'Extend selection': 'Shift ↓',
    'Sort (from the first row)': '↑',
    'Select all': 'Ctrl A',
    'Command palette': 'Ctrl K Ctrl P',
    Shortcuts: 'Ctrl /',
    'Back to real time': 'Alt 0',
    'Collapse or expand the side bar': 'Ctrl B',
    'Show or hide the snippet pane': 'Ctrl Shift G',
    'Hide secrets (presentation mode)': 'Ctrl Shift H',
    Settings: 'Ctrl ,',
    'Lock the vault': 'Ctrl L',
    'Go to the notifications': 'F8',
    'Close dialog or menu': 'Esc',
    'Go to applications': 'Alt 1',
    'Go to device tokens': 'Alt 2',
    'Go to tokens': 'Alt 3',
    'Go to users': 'Alt 4',
    'Go to scopes': 'Alt 5',
    'Go to endpoint': 'Alt 6',
    'Go to APIs': 'Alt 7',
    'Go to requests': 'Alt 8',
  });

  // The list.
  await shell.press('Mod+f');
  await expect(tokens.search).toBeFocused();
  const first = tokens.rows.nth(0);
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await expect(tokens.rows.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(first).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(first.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Space');
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(tokens.rows.nth(1)).toHaveAttribute('aria-selected', 'true');
  await shell.press('Mod+a');
  await expect(tokens.rows.nth(5)).toHaveAttribute('aria-selected', 'true');
  await shell.press('Mod+Shift+c');
  const values = await keyfob.call('tokens.revealMany', { ids: Object.values(scene) });
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(new RegExp(`^(${values.items.map(({ accessToken }) => accessToken).join('|')})$`));
  await page.keyboard.press('F8');
  await expect(page.getByRole('region', { name: /notification/i }).locator(':focus, :scope:focus')).not.toHaveCount(0);
  await tokens.rows.nth(1).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/tokens\/\d+/);

  // The window.
  for (const [index, title] of ['Applications', 'Device tokens', 'Tokens', 'Users', 'Scopes', 'Endpoint'].entries()) {
    await shell.press(`Alt+${index + 1}`);
    await expect(shell.heading).toHaveText(title);
  }
  await shell.press('Mod+Enter');
  await expect.poll(async () => (await keyfob.call('endpoint.status', {})).running).toBe(true);
  await shell.press('Alt+1');
  await expect(shell.heading).toHaveText('Applications');
  for (const keys of ['Mod+n', 'Alt+n']) {
    await shell.press(keys);
    await expect(shell.dialog('New application')).toBeVisible();
    await shell.escape();
    await expect(shell.dialog('New application')).toBeHidden();
  }
  for (const keys of ['Mod+k', 'Mod+p']) {
    await shell.press(keys);
    await expect(palette.options.first()).toBeVisible();
    await shell.escape();
    await expect(palette.dialog).toBeHidden();
  }
  await shell.press('Mod+Shift+g');
  await expect(shell.snippets).toBeHidden();
  await shell.press('Mod+Shift+h');
  await expect(shell.status.getByRole('button', { name: /secrets hidden/i })).toBeVisible();
  await shell.press('Mod+,');
  await expect(shell.heading).toHaveText('Settings');
  await shell.press('Mod+l');
  await expect(shell.heading).toHaveText(/locked/);
});
