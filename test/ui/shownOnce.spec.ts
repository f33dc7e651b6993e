import { expect, test } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { Devices } from './pages/devices.ts';
import { SettingsPage } from './pages/settings.ts';
import { TokenPage } from './pages/token.ts';

const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const asHash = 'Kept as a hash; it was shown once.';

test.beforeEach(async ({ keyfob }) => {
  await keyfob.call('applications.create', { name: 'Shop' });
  await keyfob.call('keys.generate', shop);
  await keyfob.call('users.create', { username: 'tester', password: 's3cret' });
});

test('deletes values after a confirmation, for good, by keyboard', async ({ shell: _, page, keyfob }) => {
  const settings = new SettingsPage(page);
  await settings.section('Token rules');
  const choice = settings.choice('Stored token values', 'As hashes only');
  await choice.focus();
  await page.keyboard.press('Space');
  const dialog = page.getByRole('alertdialog', { name: 'Keep tokens as hashes only?' });
  await expect(dialog).toContainText('Active tokens stay valid, but nobody can view them again');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expectAccessible(page);
  await takePictures(page, 'settingsHashedAsk');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect((await keyfob.call('settings.read', {})).tokenPersistence).toBe('encrypted');
  await expect(settings.choice('Stored token values', 'Encrypted')).toBeChecked();

  await choice.focus();
  await page.keyboard.press('Space');
  await dialog.getByRole('button', { name: 'Delete values' }).click();
  const told = settings.toast('Stored token values: As hashes only');
  await expect(told).toBeVisible();
  // Switching back does not restore them.
  await expect(told.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await expect(choice).toBeChecked();
  expect((await keyfob.call('settings.read', {})).tokenPersistence).toBe('hashed');
  const { items } = await keyfob.call('tokens.list', {});
  expect(items.map(({ persistence, valid }) => [persistence, valid])).toEqual([['hashed', true]]);
  await settings.part('Keeping tokens').scrollIntoViewIfNeeded();
  await takePictures(page, 'settingsKeeping');
});

test('shows device tokens once, copies them, and keeps only hashes', async ({ shell: _, page, keyfob }) => {
  await keyfob.call('settings.write', { tokenPersistence: 'hashed' });
  const devices = new Devices(page);
  await devices.press('Alt+2');
  await devices.mintFor('ipad, iphone, pixel');
  const shown = page.getByRole('region', { name: 'Shown once' });
  await expect(shown).toContainText('Copy them now: these 3 tokens are shown once.');
  await expect(shown.getByRole('listitem')).toHaveText([/^ipad/, /^iphone/, /^pixel/]);
  await expect(devices.rows.filter({ hasText: 'copy now' })).toHaveCount(3);
  await expectAccessible(page);
  await takePictures(page, 'shownOnceDevices');

  await shown.getByRole('button', { name: 'Show the access token of ipad' }).click();
  await expect(shown.getByText(/^[\w-]{28}$/)).toBeVisible();
  await shown.getByRole('button', { name: 'Copy the access token of ipad' }).click();
  await expect.poll(() => devices.copied()).toMatch(/^[\w-]{28}$/);
  const ipad = await devices.copied();
  expect((await keyfob.call('tokens.read', { token: ipad })).device).toBe('ipad');
  await devices.button('Copy the token of', 'pixel').click();
  await expect.poll(() => devices.copied()).not.toBe(ipad);
  expect((await keyfob.call('tokens.read', { token: await devices.copied() })).device).toBe('pixel');
  await shown.getByRole('button', { name: 'Copy all' }).click();
  await expect.poll(() => devices.copied()).toMatch(/^ipad\t[\w-]{28}\niphone\t[\w-]{28}\npixel\t[\w-]{28}\n$/);
  await devices.button('Show the QR code of', 'iphone').click();
  await expect(page.getByRole('img', { name: 'Token of iphone' })).toBeVisible();
  await devices.escape();

  // It is on other screens too, until Done.
  await devices.press('Alt+3');
  await expect(devices.heading).toHaveText('Tokens');
  await expect(shown).toBeVisible();
  await devices.press('Alt+2');
  await shown.getByRole('button', { name: 'Done' }).press('Enter');
  await expect(shown).toBeHidden();
  await expect(page.locator('body')).not.toBeFocused();
  await expect(devices.rows.filter({ hasText: 'hash only' })).toHaveCount(3);
  await expect(devices.button('Copy the token of', 'ipad')).toHaveCount(0);
  await expect(devices.button('Show the QR code of', 'ipad')).toHaveCount(0);
  await expectAccessible(page);
  await takePictures(page, 'hashOnlyDevices');

  // Minting again issues another token, as hashed ones can't be reused.
  await devices.mintFor('ipad');
  await expect(shown).toContainText('Copy it now: this token is shown once.');
  await expect(devices.retired('ipad')).toContainText('Inactive');
});

test('shows a generated and a refreshed token once, and its page says so later', async ({ shell: _, page, keyfob }) => {
  await keyfob.call('settings.write', { tokenPersistence: 'hashed' });
  const token = new TokenPage(page);
  const shown = page.getByRole('region', { name: 'Shown once' });
  await page.evaluate(() => {
    location.hash = '#/applications/Shop/production';
  });
  const part = page.getByRole('region', { name: 'Application token' });
  await expect(part).toContainText(asHash);
  await part.getByRole('button', { name: 'Generate', exact: true }).click();
  await expect(shown).toBeVisible();
  await part.getByRole('button', { name: 'Show the application token' }).click();
  await expect(part.getByText(/^[\w-]{28}$/)).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'shownOnceApplication', ['1280x800']);
  await shown.getByRole('button', { name: 'Done' }).click();
  await expect(part).toContainText(asHash);
  await expect(part.getByRole('button', { name: 'Show the application token' })).toHaveCount(0);

  const { id } = await keyfob.call('tokens.issue', { ...shop, username: 'tester' });
  await page.evaluate((number) => {
    location.hash = `#/tokens/${number}`;
  }, id);
  await expect(token.values).toContainText(asHash);
  await expect(token.values.getByRole('button')).toHaveCount(0);
  await expectAccessible(page);
  await takePictures(page, 'tokenHashOnly');
  await token.button('Refresh').click();
  await expect(token.heading).toHaveText(`Token ${id + 1}`);
  await expect(shown).toContainText('Copy it now');
  await token.values.getByRole('button', { name: 'Show the refresh token' }).click();
  await expect(token.values.getByText(/^[\w-]{28}$/)).toBeVisible();
  await shown.getByRole('button', { name: 'Done' }).click();
  await expect(token.values.getByText(asHash)).toHaveCount(2);
});

test('a command has a placeholder for a missing value, and a lock forgets shown values', async ({
  shell,
  page,
  keyfob,
}) => {
  await keyfob.call('settings.write', { tokenPersistence: 'hashed' });
  const { id } = await keyfob.call('tokens.issue', { ...shop, username: 'tester' });
  await page.evaluate((number) => {
    location.hash = `#/tokens/${number}`;
  }, id);
  await page.getByRole('tab', { name: 'Introspect' }).click();
  const command = page.getByRole('region', { name: 'curl command' });
  await expect(command).toContainText('token=YOUR_ACCESS_TOKEN');
  await expect(page.getByRole('list', { name: 'Before you run it' })).toContainText('Only its hash is stored');
  await expectAccessible(page);
  await takePictures(page, 'snippetHashOnly', ['1280x800']);

  await new TokenPage(page).button('Refresh').click();
  const shown = page.getByRole('region', { name: 'Shown once' });
  await expect(shown).toBeVisible();
  await shell.press('Mod+l');
  await page.getByLabel('Passphrase').fill('correct horse battery staple');
  await page.keyboard.press('Enter');
  await expect(new TokenPage(page).values.getByText(asHash)).toHaveCount(2);
  await expect(shown).toBeHidden();
});
