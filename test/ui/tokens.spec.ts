import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { InputOf } from '../../preload/contract/define.ts';
import type { MethodOf } from '../../preload/contract/index.ts';
import { expect, test } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { fillTokens } from './harness/tokenScene.ts';
import { TokensPage } from './pages/tokens.ts';

type TokenFilter = InputOf<MethodOf<'tokens.count'>>;
type TokenQuery = InputOf<MethodOf<'tokens.ids'>>;

async function openList(page: Page): Promise<TokensPage> {
  const tokens = new TokensPage(page);
  await tokens.goTo('Tokens');
  return tokens;
}

test("every filter narrows the list to the store's answer", async ({ shell: _, page, keyfob }) => {
  await fillTokens(keyfob);
  const tokens = await openList(page);
  const expectListed = async (filter: TokenFilter) => {
    const { ids } = await keyfob.call('tokens.ids', filter);
    const { ids: all } = await keyfob.call('tokens.ids', {});
    const words = ids.length === all.length ? `${all.length}` : `${ids.length} of ${all.length}`;
    await tokens.expectCount(`${words} tokens`);
    await expect.poll(() => tokens.shownIds()).toEqual(ids.slice(0, 14));
    expect(ids.length).toBeGreaterThan(0);
  };
  await page.setViewportSize({ width: 1280, height: 1400 });
  await expectListed({});
  const choices: readonly (readonly [name: string, label: string, filter: TokenFilter])[] = [
    ['State', 'Active', { state: 'ACTIVE' }],
    ['State', 'Revoked', { state: 'REVOKED' }],
    ['Validity', 'Valid now', { validity: 'valid' }],
    ['Validity', 'Expiring soon', { validity: 'expiring' }],
    ['Validity', 'Never expires', { validity: 'never' }],
    ['Validity', 'Expired', { validity: 'overdue' }],
    ['Kind', 'Application tokens', { userType: 'APPLICATION' }],
    ['Kind', 'User tokens', { userType: 'APPLICATION_USER' }],
    ['Kind', 'Device tokens', { deviceTokens: true }],
    ['Key type', 'Sandbox', { keyType: 'SANDBOX' }],
    ['Grant', 'refresh_token', { grantType: 'refresh_token' }],
  ];
  for (const [name, label, filter] of choices) {
    await tokens.filterBy(name, label);
    await expectListed(filter);
    await tokens.removeFilter(`${name}: ${label}`);
  }
  await expectListed({});
  await tokens.filterBy('User', 'ben');
  await expectListed({ user: 'ben' });
  await tokens.filterBy('Scope', 'reports');
  await expectListed({ user: 'ben', scope: 'reports' });
  await page.getByRole('button', { name: 'Clear all 2 filters' }).click();
  await tokens.filterBy('Application', 'Billing');
  await expectListed({ application: 'Billing' });
  await expect(page).toHaveURL(/#\/tokens\?application=Billing$/);
  await page.goBack();
  await expectListed({});
  await page.goBack();
  await expectListed({ user: 'ben', scope: 'reports' });
  await page.getByRole('button', { name: 'Clear all 2 filters' }).click();
  await expectListed({});

  // Typing finds a value in one step. A chip changes its value.
  await tokens.addFilter.press('Enter');
  await expect(page.getByPlaceholder('Filter by…')).toBeFocused();
  await page.keyboard.type('revo');
  await expect(page.getByRole('option').filter({ visible: true })).toHaveText(['State: Revoked']);
  await page.keyboard.press('Enter');
  await expectListed({ state: 'REVOKED' });
  await expect(tokens.addFilter).toBeFocused();
  await tokens.filter('State: Revoked').click();
  await page.getByRole('option', { name: 'Inactive' }).click();
  await expectListed({ state: 'INACTIVE' });
  await expect(tokens.filter('State: Revoked')).toBeHidden();

  // A device that no list offers, typed at the second step. Backspace leads back to the first one.
  await tokens.removeFilter('State: Inactive');
  await tokens.addFilter.press('Enter');
  await page.getByRole('option', { name: 'Device' }).click();
  await page.keyboard.press('Backspace');
  await page.keyboard.type('device');
  await page.keyboard.press('Enter');
  await page.keyboard.type('ipad');
  await page.keyboard.press('Enter');
  await expectListed({ device: 'ipad' });
  await tokens.filter('Device: ipad').press('Enter');
  await expectAccessible(page);
  await takePictures(page, 'tokensFilterMenu');
  await page.keyboard.press('Escape');
  await expect(tokens.filter('Device: ipad')).toBeFocused();
});

test('opens a link with its filter, and ignores unknown parts', async ({ shell: _, page, keyfob }) => {
  await fillTokens(keyfob);
  const base = page.url().replace(/#.*/, '');
  await page.goto(`${base}#/tokens?device=ipad&state=SOON`);
  const tokens = new TokensPage(page);
  await tokens.expectCount('1 of 14 tokens');
  await tokens.removeFilter('Device: ipad');
  await expect(tokens.addFilter).toBeFocused();
  await tokens.expectCount('14 tokens');
  await page.goto(`${base}#/tokens?application=Nowhere`);
  await expect(page.getByRole('alert')).toContainText('No application named "Nowhere"');
  await expectAccessible(page);
  await takePictures(page, 'tokensFilterFault');
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await tokens.expectCount('14 tokens');
});

test("searches while a person types, and a token's value opens its page", async ({ shell, page, keyfob }) => {
  const { ipad } = await fillTokens(keyfob);
  const tokens = await openList(page);
  await tokens.expectCount('14 tokens');
  await shell.press('Mod+f');
  await expect(tokens.search).toBeFocused();
  await page.keyboard.type('ann pix');
  await tokens.expectCount('1 of 14 tokens');
  await expect(page).toHaveURL(/text=ann\+pix/);
  await page.keyboard.press('Escape');
  await tokens.expectCount('14 tokens');
  await expect(tokens.search).toBeFocused();

  const { accessToken } = await keyfob.call('tokens.reveal', { token: String(ipad) });
  await tokens.search.fill(accessToken);
  await expect(shell.heading).toHaveText(`Token ${ipad}`);
  await page.goBack();
  await tokens.search.fill('a-word-that-is-as-long-as-a-secret');
  await expect(page.getByText('No tokens match', { exact: true })).toBeVisible();
  expect(page.url()).not.toContain('secret');
  await expectAccessible(page);
  await takePictures(page, 'tokensNoMatch');
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await tokens.expectCount('14 tokens');
});

test('leads from an empty list to the first tokens', async ({ shell, page, keyfob }) => {
  const tokens = await openList(page);
  await expect(page.getByText('No token yet')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'tokensEmpty');
  await page.getByRole('button', { name: 'Mint device tokens' }).click();
  await expect(shell.heading).toHaveText('Device tokens');
  await page.goBack();
  await page.getByRole('button', { name: 'Generate keys' }).click();
  await expect(shell.heading).toHaveText('Applications');
  await page.goBack();
  await expect(page.getByText('No token yet')).toBeVisible();
  await fillTokens(keyfob);
  await tokens.expectCount('14 tokens');
});

test('works by keyboard, and the focus stays with its row', async ({ shell, page, keyfob }) => {
  const { ipad, pixel, soon, shopProduction } = await fillTokens(keyfob);
  const tokens = await openList(page);
  await expect(tokens.row(ipad)).toBeVisible();
  await shell.press('Mod+f');
  await page.keyboard.press('ArrowDown');
  await expect(tokens.row(ipad)).toBeFocused();
  await page.keyboard.press('End');
  await expect(tokens.row(shopProduction)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(tokens.row(ipad)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(tokens.row(pixel)).toBeFocused();

  // New tokens come above it.
  await keyfob.call('tokens.issue', {
    application: 'Shop',
    keyType: 'PRODUCTION',
    username: 'ann',
    scope: 'device_new',
  });
  await tokens.expectCount('15 tokens');
  await expect(tokens.row(pixel)).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(shell.heading).toHaveText(`Token ${pixel}`);
  await page.keyboard.press('Escape');
  await expect(tokens.row(pixel)).toBeFocused();

  await shell.press('Mod+Shift+c');
  await expect(tokens.toast(`Token ${pixel} copied.`)).toBeVisible();
  const { accessToken } = await keyfob.call('tokens.reveal', { token: String(pixel) });
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(accessToken);

  // Its menu is one stop to the right of the copy button.
  await tokens.row(pixel).focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  await expect(page.getByRole('menuitem', { name: 'Copy token' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: `Actions for token ${pixel}` })).toBeFocused();

  // Revoking a selection must not lose the focus.
  await tokens.row(pixel).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(tokens.row(soon)).toBeFocused();
  await expect(page.getByText('2 tokens selected')).toBeVisible();
});

test('revokes a token from its row, and the dialog names it', async ({ shell: _, page, keyfob }) => {
  const { ipad, pixel } = await fillTokens(keyfob);
  const tokens = await openList(page);
  await tokens.filterBy('State', 'Active');
  await tokens.expectCount('11 of 14 tokens');
  await expect(page.getByRole('main')).toContainText('11 of 14 tokens · 10 active · 1 expired');
  await tokens.row(ipad).focus();
  await tokens.chooseInMenu(ipad, 'Revoke…');
  const dialog = tokens.dialog(`Revoke token ${ipad}?`);
  await expect(dialog).toContainText(`Token ${ipad}: ipad, ann, Shop (Production)`);
  await expectAccessible(page);
  await takePictures(page, 'tokenRevoke');
  await dialog.getByRole('button', { name: 'Revoke 1 token' }).click();
  await expect(dialog).toBeHidden();
  await expect(tokens.toast('1 token revoked.')).toBeVisible();
  await tokens.expectCount('10 of 14 tokens');
  await expect(tokens.row(ipad)).toBeHidden();
  await expect(tokens.row(pixel)).toBeFocused();
  expect((await keyfob.call('tokens.read', { token: String(ipad) })).state).toBe('REVOKED');
  expect((await keyfob.call('tokens.read', { token: String(pixel) })).valid).toBe(true);
});

test('revokes the active tokens of a selection, and no others', async ({ shell: _, page, keyfob }) => {
  const { ipad, pixel, revoked } = await fillTokens(keyfob);
  const tokens = await openList(page);
  for (const id of [ipad, pixel, revoked]) await tokens.row(id).getByRole('checkbox').click();
  await expect(page.getByText('3 tokens selected')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'tokensSelected');
  await page.getByRole('button', { name: 'Revoke…', exact: true }).click();
  const dialog = tokens.dialog('Revoke 3 tokens?');
  await expect(dialog).toContainText('These 2 tokens stop working');
  await dialog.getByRole('button', { name: 'Revoke 2 tokens' }).click();
  await expect(tokens.toast('2 tokens revoked.')).toBeVisible();
  await expect(tokens.row(ipad)).toContainText('Revoked');
  expect((await keyfob.call('tokens.count', {})).byState.REVOKED).toBe(3);
  await page.getByRole('button', { name: 'Clear selection' }).click();
  await tokens.expectCount('14 tokens');

  // All rows, loaded or not. Filtered rows leave the selection.
  await page.getByRole('checkbox', { name: 'Select all 14 tokens', exact: true }).click();
  await expect(page.getByText('All 14 tokens selected')).toBeVisible();
  await tokens.filterBy('State', 'Revoked');
  await tokens.expectCount('3 of 14 tokens');
});

test('counts, names and revokes all active tokens of an application, a user or a device', async ({
  shell: _,
  page,
  keyfob,
}) => {
  const { billing, soon, ipad } = await fillTokens(keyfob);
  const tokens = await openList(page);
  const choose = async (what: string, label: string, name: string) => {
    await page.getByRole('button', { name: 'Revoke many…' }).click();
    const dialog = tokens.dialog('Revoke all active tokens of…');
    await dialog.getByText(what, { exact: true }).click();
    await dialog.getByRole('button', { name: new RegExp(`^${label} `) }).click();
    await page.getByRole('option', { name }).click();
    return dialog;
  };
  const shops = await choose('An application', 'Application', 'Shop');
  await expect(shops).toContainText('These 10 tokens stop working');
  await expect(shops).toContainText('and 5 more');
  await page.keyboard.press('Escape');
  const billings = await choose('An application', 'Application', 'Billing');
  await expect(billings).toContainText(`Token ${billing}: application token, admin, Billing (Production)`);
  await expectAccessible(page);
  await takePictures(page, 'tokensRevokeAll');
  await billings.getByRole('button', { name: 'Revoke 1 token' }).click();
  await expect(billings).toBeHidden();
  expect((await keyfob.call('tokens.read', { token: String(billing) })).state).toBe('REVOKED');

  const pixels = await choose('A device', 'Device', 'pixel');
  await pixels.getByRole('button', { name: 'Revoke 1 token' }).click();
  await expect(pixels).toBeHidden();

  const { total } = await keyfob.call('tokens.count', { user: 'ben', state: 'ACTIVE' });
  const bens = await choose('A user', 'User', 'ben');
  await bens.getByRole('button', { name: `Revoke ${total} tokens` }).click();
  await expect(bens).toBeHidden();
  expect((await keyfob.call('tokens.read', { token: String(soon) })).state).toBe('REVOKED');
  expect((await keyfob.call('tokens.read', { token: String(ipad) })).valid).toBe(true);

  const again = await choose('A user', 'User', 'ben');
  await expect(again).toContainText('Nothing to revoke');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Revoke many…' })).toBeFocused();
});

test("copies the command of a row's token, and the pane follows", async ({ shell, page, keyfob }) => {
  const { pixel } = await fillTokens(keyfob);
  const tokens = await openList(page);
  await tokens.chooseInMenu(pixel, 'Copy curl');
  await expect(tokens.toast('Curl command copied.')).toBeVisible();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toContain('device_pixel');
  expect(command).toContain('username=ann');
  await expect(shell.snippets).toContainText('device_pixel');
});

test('exports the list as CSV without secrets and formulas', async ({ shell: _, page, keyfob }) => {
  const { never } = await fillTokens(keyfob);
  await keyfob.call('applications.create', { name: '=1+1, "two"' });
  await keyfob.call('keys.generate', { application: '=1+1, "two"', keyType: 'SANDBOX' });
  const tokens = await openList(page);
  await tokens.expectCount('15 tokens');
  const fileOf = async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^keyfob-tokens-\d{4}-\d\d-\d\d\.csv$/);
    return (await readFile(await download.path(), 'utf8')).split('\r\n').slice(0, -1);
  };
  const [header, first, ...others] = await fileOf();
  await expect(tokens.toast('15 tokens exported.')).toBeVisible();
  expect(header).toMatch(/^id,application,key type,user,/);
  expect(first).toContain(`,"'=1+1, ""two""",SANDBOX,`);
  expect(others).toHaveLength(14);
  expect(others.find((line) => line.startsWith(`${never},`))).toContain(',never,');
  const whole = [header, first, ...others].join('\n');
  const { items } = await keyfob.call('tokens.revealMany', { ids: (await keyfob.call('tokens.ids', {})).ids });
  expect(items).toHaveLength(15);
  for (const { accessToken } of items) expect(whole).not.toContain(accessToken);

  await tokens.filterBy('State', 'Revoked');
  await tokens.expectCount('1 of 15 tokens');
  expect(await fileOf()).toHaveLength(2);
});

test('sorts by expiry and use, shows chosen columns, and keeps both', async ({ shell, page, keyfob }) => {
  const { ipad, pixel, never } = await fillTokens(keyfob);
  await keyfob.call('tokens.issue', {
    application: 'Shop',
    keyType: 'PRODUCTION',
    username: 'ann',
    scope: 'device_pixel',
  });
  const tokens = await openList(page);
  await page.setViewportSize({ width: 1280, height: 1400 });
  const expectOrder = async (query: TokenQuery) => {
    const { ids } = await keyfob.call('tokens.ids', query);
    await expect.poll(() => tokens.shownIds()).toEqual(ids);
  };
  await expectOrder({});
  const header = (name: string) => tokens.table.getByRole('columnheader', { name, exact: true });
  await header('Expires').getByRole('button').click();
  await expect(header('Expires')).toHaveAttribute('aria-sort', 'ascending');
  await expectOrder({ order: 'expires', ascending: true });
  await header('Expires').getByRole('button').press('Enter');
  await expectOrder({ order: 'expires' });
  expect((await tokens.shownIds())[0]).toBe(never);
  await header('Expires').getByRole('button').click();
  await expect(header('Expires')).not.toHaveAttribute('aria-sort');
  await expectOrder({});

  await page.getByRole('button', { name: 'Choose the columns' }).click();
  await page.getByRole('checkbox', { name: 'Last used', exact: true }).check();
  await page.getByRole('checkbox', { name: 'Application', exact: true }).uncheck();
  await expectAccessible(page);
  await takePictures(page, 'tokensColumns');
  await page.keyboard.press('Escape');
  await expect(header('Application')).toBeHidden();
  // Reuses are stored once a second.
  await expect.poll(async () => (await keyfob.call('tokens.ids', { order: 'lastUsed' })).ids[0]).toBe(pixel);
  await header('Last used').getByRole('button').click();
  await header('Last used').getByRole('button').click();
  await expectOrder({ order: 'lastUsed' });
  expect((await tokens.shownIds()).slice(0, 2)).toEqual([pixel, ipad]);
  await tokens.filterBy('State', 'Active');
  await expectOrder({ order: 'lastUsed', state: 'ACTIVE' });
  await page.getByRole('checkbox', { name: 'Select all 11 tokens that match' }).click();
  await expect(page.getByText('All 11 tokens that match selected')).toBeVisible();
  await expect.poll(async () => (await keyfob.call('preferences.read', {})).order).toEqual(['tokens=-lastUsed']);
  await page.reload();
  await expect(header('Last used')).toHaveAttribute('aria-sort', 'descending');
  await expect(header('Application')).toBeHidden();
  await expectOrder({ order: 'lastUsed', state: 'ACTIVE' });
  await page.getByRole('button', { name: 'Choose the columns' }).click();
  await page.getByRole('button', { name: 'Usual columns' }).click();
  await expect(header('Application')).toBeVisible();
  await page.keyboard.press('Escape');
  await tokens.removeFilter('State: Active');

  // Fourteen rows are compact unless a person chose otherwise.
  const height = async () => (await tokens.row(ipad).boundingBox())?.height;
  await expect.poll(height).toBe(28);
  await keyfob.call('preferences.write', { compactRows: 'never' });
  await expect.poll(height).toBe(50);
  await shell.press('Mod+Shift+g');
  await expectAccessible(page);
});

test('the list looks as it should, with and without room', async ({ shell, page, keyfob }) => {
  const { ipad } = await fillTokens(keyfob);
  const tokens = await openList(page);
  await expect(tokens.row(ipad)).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'tokens');
  await tokens
    .row(ipad)
    .getByRole('button', { name: `Actions for token ${ipad}` })
    .click();
  await expect(page.getByRole('menu')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'tokenMenu');
  await shell.escape();
  await shell.press('Mod+Shift+g');
  await page.setViewportSize({ width: 1600, height: 900 });
  await expect(tokens.table).toContainText('Last used');
  await expectAccessible(page);
  await tokens.filterBy('Application', 'Shop');
  await tokens.filterBy('State', 'Active');
  await tokens.expectCount('10 of 14 tokens');
  await takePictures(page, 'tokensFiltered', ['1280x800']);
});
