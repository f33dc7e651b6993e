import { test as base, expect, passphrase } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { SettingsPage } from './pages/settings.ts';

const test = base.extend<{ settings: SettingsPage }>({
  settings: async ({ page, keyfob }, use) => {
    const settings = new SettingsPage(page);
    await settings.open(await keyfob.newUrl());
    await settings.section('Appearance');
    await use(settings);
  },
});

test("chooses a theme, remembers it, and returns to the system's", async ({ settings, page, keyfob }) => {
  const root = page.locator('html');
  await expect(settings.choice('Theme', 'Same as system')).toBeChecked();
  await expect(root).toHaveAttribute('data-theme', 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ contrast: 'more' });
  await expect(root).toHaveAttribute('data-theme', 'contrast');
  await page.emulateMedia({ contrast: 'no-preference', colorScheme: 'light' });
  await expect(root).toHaveAttribute('data-theme', 'light');

  await settings.choice('Theme', 'Dark').click();
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await expect.poll(async () => (await keyfob.call('preferences.read', {})).theme).toBe('dark');
  await page.reload();
  await expect(settings.choice('Theme', 'Dark')).toBeChecked();
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ contrast: 'more' });
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await settings.choice('Theme', 'High contrast').click();
  await expect(root).toHaveAttribute('data-theme', 'contrast');
  await page.emulateMedia({ contrast: 'no-preference' });
  await settings.choice('Theme', 'Same as system').click();
  await expect(root).toHaveAttribute('data-theme', 'light');
});

test('starts another browser with the same preferences and screen, even while the vault is locked', {
  tag: '@browser',
}, async ({ settings, page, keyfob, browser }) => {
  await keyfob.call('applications.create', { name: 'Shop' });
  await keyfob.call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  await settings.choice('Theme', 'Dark').click();
  await settings.press('Mod+b');
  await settings.goTo('Applications');
  await page.getByRole('radio', { name: 'Placeholders' }).click();
  await page.goBack();
  await expect
    .poll(() => keyfob.call('preferences.read', {}))
    .toEqual({ theme: 'dark', sidebar: 'folded', secrets: 'placeholder', screen: '#/settings/appearance' });

  // As after a start on another port: an empty browser storage.
  const context = await browser.newContext();
  const other = new SettingsPage(await context.newPage());
  await other.open(await keyfob.newUrl());
  await expect(other.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(other.choice('Theme', 'Dark')).toBeChecked();
  await expect(other.page.getByRole('button', { name: 'Expand the side bar' })).toBeVisible();
  await other.goTo('Applications');
  await expect(other.page.getByRole('radio', { name: 'Placeholders' })).toBeChecked();
  await other.page.goBack();

  await other.choice('Theme', 'High contrast').click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'contrast');
  await keyfob.call('vault.lock', {});
  await expect(other.heading).toHaveText(/locked/);
  await other.page.reload();
  await expect(other.heading).toHaveText(/locked/);
  await expect(other.page.locator('html')).toHaveAttribute('data-theme', 'contrast');
  await context.close();
});

test('moves preferences of an earlier version from the browser to the data folder', { tag: '@browser' }, async ({
  page,
  keyfob,
}) => {
  await page.addInitScript(() => {
    localStorage.setItem('keyfob.theme', 'dark');
    localStorage.setItem('keyfob.wraps', 'no');
    localStorage.setItem('keyfob.keymap', '{"lock":["F9"]}');
    localStorage.setItem('keyfob.shell', 'no such shell');
  });
  const window = new SettingsPage(page);
  await window.open(await keyfob.newUrl());
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await keyfob.call('preferences.read', {})).toEqual({ theme: 'dark', wraps: false, keymap: ['lock=F9'] });
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['keyfob.shown']);
});

test('chooses a theme in the palette', async ({ settings, page }) => {
  await settings.press('Mod+k');
  await expect(settings.dialog('Command palette')).toBeVisible();
  await page.keyboard.type('theme dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(settings.choice('Theme', 'Dark')).toBeChecked();
});

test('it looks as it should', async ({ settings, page }) => {
  await expect(settings.choice('Theme', 'Same as system')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'settingsAppearance');
});

test('turns presentation mode on and off in three places, and hides a shown recovery key', async ({
  settings,
  page,
}) => {
  const toggle = page.getByRole('switch', { name: 'Hide secrets (presentation mode)' });
  const chip = settings.status.getByRole('button', { name: /secrets/i });
  await toggle.press('Space');
  await expect(toggle).toBeChecked();
  await expect(chip).toHaveText('Secrets hidden');
  await chip.click();
  await expect(toggle).not.toBeChecked();
  await settings.press('Mod+Shift+h');
  await expect(toggle).toBeChecked();
  await settings.press('Mod+Shift+h');
  await expect(chip).toHaveText('Hide secrets');

  await settings.section('Vault');
  const recoveryKey = await settings.makeRecoveryKey(passphrase);
  const body = page.locator('body');
  await expect(body).toContainText(recoveryKey.slice(0, 5));
  await settings.press('Mod+Shift+h');
  for (const group of recoveryKey.split('-')) await expect(body).not.toContainText(group);
  await expectAccessible(page);
  await takePictures(page, 'settingsRecoveryKeyPresenting', ['960x640']);
  await page.getByRole('button', { name: 'Copy the recovery key' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(recoveryKey);
});
