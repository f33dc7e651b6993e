import { test as base, expect } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { fillTokens, type TokenScene } from './harness/tokenScene.ts';
import { closeDialog, Palette } from './pages/palette.ts';
import { Snippets } from './pages/snippets.ts';

const test = base.extend<{ readonly scene: TokenScene; readonly palette: Palette }>({
  scene: async ({ keyfob }, use) => use(await fillTokens(keyfob)),
  palette: async ({ scene: _, shell }, use) => use(new Palette(shell.page)),
});

test('palette verbs act on tokens, from a screen without the pane', async ({ palette, shell, page, keyfob, scene }) => {
  await keyfob.call('endpoint.start', { port: 0 });
  const snippets = new Snippets(page);
  await shell.goTo('Users');
  await palette.run('qr of ipad', /^QR code of ipad…/);
  const qr = shell.dialog('Token of ipad');
  await expect(qr.getByRole('img', { name: 'Token of ipad' })).toBeVisible();
  await shell.escape();
  await expect(qr).toBeHidden();
  await expect(shell.heading).toHaveText('Users');

  await palette.run('copy token of ipad', /^Copy the token of ipad/);
  const { accessToken } = await keyfob.call('tokens.reveal', { token: String(scene.ipad) });
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(accessToken);

  await palette.run('run ipad', /^Run the API call of ipad/);
  await expect(shell.heading).toHaveText(`Token ${scene.ipad}`);
  await expect(snippets.reply).toContainText('200');

  await shell.goTo('Users');
  await palette.run('share ipad', /^Share the call of ipad…/);
  await expect(shell.dialog('Share this call')).toContainText('on ipad');
  await closeDialog(shell.dialog('Share this call'));
  await palette.run('share this', 'Share this call…');
  await closeDialog(shell.dialog('Share this call'));

  await palette.run('mint pixel again', /^Mint pixel again/);
  await expect(shell.toast('pixel keeps the token it has.')).toBeVisible();
  await palette.run('mint old again', /^Mint old again/);
  await expect(shell.toast('old has a token again.')).toBeVisible();
});

test('a verb opens the pane in a narrow window too, from a screen without it', async ({ palette, shell, page }) => {
  await page.setViewportSize({ width: 960, height: 640 });
  await shell.goTo('Users');
  await palette.run('share ipad', /^Share the call of ipad…/);
  await expect(shell.dialog('Share this call')).toContainText('on ipad');
});

test('a verb alone offers the newest things', async ({ palette, page, keyfob }) => {
  await palette.open();
  await page.keyboard.type('qr');
  await expect(palette.options.first()).toHaveText(/^QR code of \S+…/);
  await expect(palette.options.filter({ hasText: 'QR code of ipad…' })).toHaveCount(1);
  await page.keyboard.press('Escape');
  // A device may be called like a verb.
  const owner = { application: 'Shop', keyType: 'PRODUCTION', username: 'ann' } as const;
  await keyfob.call('devices.mint', { ...owner, device: ['scan'] });
  await palette.open();
  await page.keyboard.type('scan');
  await expect(palette.options.filter({ hasText: /^scanShop/ })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await palette.open();
  await page.keyboard.type('disable');
  await expect(palette.options.filter({ hasText: /^Disable / })).toHaveCount(3);
  await expectAccessible(page);
  await takePictures(page, 'paletteVerbs', ['1280x800']);
});

test('palette verbs act on applications, users and APIs, and open their dialogs', async ({ palette, shell, page }) => {
  await palette.run('edit billing', /^Edit Billing…/);
  await closeDialog(shell.dialog('Edit Billing'));
  await expect(shell.heading).toHaveText('Billing');
  await palette.run('export shop', /^Export Shop…/);
  await closeDialog(shell.dialog('Export Shop'));
  await palette.run('delete shop', /^Delete the application Shop…/);
  await closeDialog(page.getByRole('alertdialog', { name: 'Delete the application Shop?' }));
  await palette.run('tokens of ben', /^Show the tokens of ben/);
  await expect(page).toHaveURL(/user=ben/);
  await palette.run('roles of ann', /^Roles of ann…/);
  await closeDialog(shell.dialog('ann'));
  await palette.run('disable ben', /^Disable ben…/);
  await closeDialog(page.getByRole('alertdialog', { name: 'Disable ben?' }));
  await palette.run('call echo', /^Call echo\/1\.0/);
  await expect(new Snippets(page).field('URL')).toHaveValue(/\/echo\/1\.0/);
  await palette.run('use billing', /^Use Billing in the context/);
  await expect(page.getByRole('button', { name: 'Application: Billing' })).toBeVisible();
});

test('leads to the certificate of a program, and moves the clock to expiries', async ({
  palette,
  page,
  keyfob,
  scene,
}) => {
  await palette.run('certificate for java', /^Certificate for Java/);
  await expect(page.getByRole('tab', { name: 'Java' })).toHaveAttribute('aria-selected', 'true');
  await palette.run('firefox', /^Certificate for Firefox/);
  await expect(page.getByRole('tab', { name: /Firefox/ })).toHaveAttribute('aria-selected', 'true');

  const offset = async () => (await keyfob.call('settings.read', {})).clockOffsetSeconds;
  const isValid = async (id: number) => (await keyfob.call('tokens.read', { token: String(id) })).valid;
  await palette.run('next expiry', 'Clock to the next expiry');
  await expect.poll(() => isValid(scene.soon)).toBe(false);
  expect(await isValid(scene.ipad)).toBe(true);
  const first = await offset();
  await palette.run('refresh token', /^Clock to the end of the refresh token/);
  await expect.poll(offset).toBeGreaterThan(first);
});

test('the same verbs are in the menu of each row, by keys and by right click', async ({ shell, page, scene }) => {
  const items = page.getByRole('menuitem');
  const open = async (row: string | RegExp) => {
    await page.getByRole('row', { name: row }).focus();
    await page.keyboard.press('Shift+F10');
    await shell.menuTakesKeys();
    const found = await items.allTextContents();
    await shell.escape();
    await page.getByRole('row', { name: row }).click({ button: 'right' });
    await expect(items).toHaveText(found);
    await shell.escape();
    return found;
  };
  await shell.goTo('Tokens');
  const ofToken = await open(new RegExp(`token ${scene.ipad}\\b`, 'i'));
  expect(ofToken.slice(0, 4)).toEqual(['Copy token', 'Copy curl', 'Show curl', 'QR code…']);
  expect(ofToken).toContain('Share its call…');
  expect(ofToken.at(-1)).toBe('Revoke…');
  await shell.goTo('Applications');
  expect(await open('Shop')).toEqual([
    'Use this',
    'Mint device tokens',
    'Show the tokens',
    'Edit…',
    'Export…',
    'Delete…',
  ]);
  await shell.goTo('Users');
  expect(await open(/^ann/)).toContain('Use this');
  await shell.goTo('APIs');
  expect(await open(/^echo/)).toEqual(['Edit', 'Call it', 'Copy the URL', 'Delete…']);
});
