import type { Page } from '@playwright/test';
import { test as base, expect } from './harness/fixtures.ts';
import { fillTokens, type TokenScene } from './harness/tokenScene.ts';
import { ApplicationsPage } from './pages/applications.ts';
import { ContextBar } from './pages/context.ts';
import { KeysPage } from './pages/keys.ts';
import { Palette } from './pages/palette.ts';
import { ScopesPage } from './pages/scopes.ts';
import { UsersPage } from './pages/users.ts';

const test = base.extend<{ readonly scene: TokenScene }>({
  scene: async ({ keyfob }, use) => use(await fillTokens(keyfob)),
});

test.beforeEach(async ({ scene: _, shell }) => {
  await expect(shell.navigation).toBeVisible();
});

const expectFocus = (page: Page) => expect(page.locator('body')).not.toBeFocused();

test("F2 edits the row's application, and the shown one", async ({ page, keyfob }) => {
  const applications = new ApplicationsPage(page);
  const dialog = applications.dialog('Edit Shop');
  const shop = applications.row('Shop');
  await shop.focus();
  await page.keyboard.press('F2');
  await expect(applications.field(dialog, 'Name')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(shop).toBeFocused();

  await applications.press('Mod+f');
  await page.keyboard.type('bill');
  await expect(shop).toBeHidden();
  await page.keyboard.press('F2');
  await expect(applications.dialog('Edit Billing')).toBeVisible();
  await applications.escape();
  await expect(applications.search).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('no such thing');
  await expect(applications.row('Billing')).toBeHidden();
  await page.keyboard.press('F2');
  await page.keyboard.press('Escape');
  await expect(applications.search).toHaveValue('');

  await shop.press('Enter');
  await expect(applications.heading).toHaveText('Shop');
  await page.keyboard.press('F2');
  await applications.field(dialog, 'Name').fill('Store');
  await applications.press('Mod+Enter');
  await expect(applications.heading).toHaveText('Store');
  await expectFocus(page);
  expect((await keyfob.call('applications.list', {})).items.map(({ name }) => name)).toContain('Store');
});

test("F2 changes a user's roles, and edits a scope", async ({ page }) => {
  const users = new UsersPage(page);
  const dialog = users.dialog('ann');
  const roles = dialog.getByRole('combobox', { name: 'Roles' });
  await users.show();
  await users.row('ann').focus();
  await page.keyboard.press('F2');
  await expect(roles).toBeFocused();
  await dialog.getByRole('button', { name: 'Close' }).press('Enter');
  await expect(users.row('ann')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await expect(roles).toBeHidden();
  await page.keyboard.press('F2');
  await expect(roles).toBeFocused();
  await page.keyboard.press('F2');
  await expect(roles).toBeFocused();
  await dialog.getByRole('button', { name: 'Close' }).press('Enter');
  await expect(users.row('ann')).toBeFocused();

  const scopes = new ScopesPage(page);
  await scopes.show();
  await new Palette(page).run('edit', /^Edit reports.*F2/);
  await expect(scopes.dialog('Scope reports')).toBeVisible();
});

test('Ctrl+E switches between Production and Sandbox, and keeps the focus', async ({ page }) => {
  const keys = new KeysPage(page);
  const generate = keys.button('Generate Sandbox keys');
  const copyKey = keys.button('Copy the consumer key');
  const names = page.getByLabel('Devices', { exact: true });
  await keys.show(1, 'PRODUCTION');
  for (const keyType of ['Sandbox', 'Production'] as const) {
    await copyKey.focus();
    await keys.press('Mod+e');
    await expect(keys.keyType(keyType)).toBeChecked();
    await expect(copyKey).toBeVisible();
    await expectFocus(page);
  }
  // Billing has no Sandbox keys.
  await keys.show(2, 'PRODUCTION');
  await expect(keys.heading).toHaveText('Billing');
  await copyKey.focus();
  await keys.press('Mod+e');
  await expect(generate).toBeVisible();
  await expectFocus(page);

  await keys.press('Alt+2');
  await expect(keys.heading).toHaveText('Device tokens');
  const context = new ContextBar(page);
  await expect(context.bar).toContainText('Shop');
  await expect(context.keyType('Production')).toBeChecked();
  await names.focus();
  await keys.press('Mod+e');
  await expect(context.keyType('Sandbox')).toBeChecked();
  await expectFocus(page);
  await new Palette(page).run('switch', /^Switch to Production/);
  await expect(context.keyType('Production')).toBeChecked();
});

test('Ctrl+B collapses the side bar, and the window remembers it', async ({ shell, page }) => {
  const width = () => shell.navigation.evaluate((element) => element.getBoundingClientRect().width);
  const link = shell.navigation.getByRole('link', { name: 'Device tokens', exact: true });
  expect(await width()).toBe(220);
  await shell.press('Mod+b');
  expect(await width()).toBe(56);
  await link.click();
  await expect(shell.heading).toHaveText('Device tokens');
  await page.reload();
  await expect(link).toBeVisible();
  expect(await width()).toBe(56);
  await shell.navigation.getByRole('button', { name: 'Expand the side bar' }).click();
  expect(await width()).toBe(220);

  await page.setViewportSize({ width: 960, height: 640 });
  await expect.poll(width).toBe(56);
  await shell.press('Mod+b');
  await expect.poll(width).toBe(220);
  await page.setViewportSize({ width: 1280, height: 800 });
  await shell.press('Mod+b');
  await expect.poll(width).toBe(56);
  await page.setViewportSize({ width: 960, height: 640 });
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect.poll(width).toBe(56);
});
