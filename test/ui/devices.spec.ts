import { readFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { furnish, liveValues, openDevices, shop, tester } from './harness/deviceScene.ts';
import { test as base, expect } from './harness/fixtures.ts';
import type { ServedKeyfob } from './harness/keyfob.ts';
import { expectAccessible, takePicture, takePictures } from './harness/looks.ts';
import type { Devices } from './pages/devices.ts';

/** Starts the endpoint and introspects like a resource server. */
async function introspection(keyfob: ServedKeyfob): Promise<(token: string) => Promise<boolean>> {
  const { httpPort } = await keyfob.call('endpoint.start', { port: 0, httpPort: 0 });
  const { consumerKey, consumerSecret } = await keyfob.call('keys.reveal', shop);
  const basic = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
  return async (token) => {
    const reply = await fetch(`http://127.0.0.1:${httpPort}/oauth2/introspect`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ token }),
    });
    expect(reply.status).toBe(200);
    const { active } = (await reply.json()) as { active: boolean };
    return active;
  };
}

const test = base.extend<{ readonly devices: Devices; readonly furnished: boolean }>({
  furnished: [true, { option: true }],
  devices: async ({ page, keyfob, furnished }, use) => {
    if (furnished) await furnish(keyfob);
    await use(await openDevices(page, keyfob));
  },
});

test('mints and copies three device tokens by keyboard alone', async ({ devices, page, keyfob }) => {
  await expect(devices.names).toBeFocused();
  await page.keyboard.type('ipad, iphone, pixel');
  await expect(devices.chips).toHaveText([/ipad.*device_ipad/, /iphone.*device_iphone/]);
  await expect(devices.mint).toHaveText('Mint 3 tokens');
  await takePictures(page, 'devicesTyped', ['1280x800']);
  await devices.press('Mod+Enter');
  await expect(devices.news).toContainText('3 different tokens minted');
  await expect(devices.rows).toHaveCount(3);
  await expect(devices.names).toBeFocused();
  await expect(devices.chips).toHaveCount(0);

  const values = await liveValues(keyfob);
  expect([...values.keys()]).toEqual(['ipad', 'iphone', 'pixel']);
  expect(new Set(values.values()).size).toBe(3);
  for (const [index, [device, value]] of [...values].entries()) {
    await expect(devices.rows.nth(index)).toContainText(`device_${device}`);
    await expect(devices.rows.nth(index)).toContainText(value.slice(-4));
    await expect(devices.rows.nth(index)).toContainText('Active');
  }
  // The first row is selected, so one key copies its token.
  await devices.press('Mod+Shift+c');
  await expect(devices.toast('Token of ipad copied.')).toBeVisible();
  expect(await devices.copied()).toBe(values.get('ipad'));
  // The arrow keys lead to the others.
  const isAtRow = () => devices.rows.nth(0).evaluate((row) => row === document.activeElement);
  for (let presses = 0; presses < 12 && !(await isAtRow()); presses += 1) await page.keyboard.press('Tab');
  await expect(devices.rows.nth(0)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(devices.rows.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(devices.button('Copy the token of', 'iphone')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => devices.copied()).toBe(values.get('iphone'));
  await expectAccessible(page);
  await takePictures(page, 'devices');
});

test('revoking one leaves the rest ACTIVE, and the endpoint agrees', async ({ devices, page, keyfob }) => {
  const isActive = await introspection(keyfob);
  await devices.mintFor('ipad, iphone, pixel');
  await expect(devices.rows).toHaveCount(3);
  const values = await liveValues(keyfob);

  await devices.button('Revoke', 'ipad').click();
  const question = page.getByRole('alertdialog', { name: 'Revoke the token of ipad?' });
  await expect(question).toContainText('iphone and pixel stay active');
  await expectAccessible(page);
  await takePictures(page, 'devicesRevoke', ['1280x800']);
  await question.getByRole('button', { name: 'Revoke ipad' }).click();

  await expect(devices.news).toContainText('ipad revoked · iphone and pixel still active');
  await expect(devices.news).toContainText(/checked \d\d:\d\d:\d\d/);
  await expect(devices.retired('ipad')).toContainText('Revoked');
  await expect(devices.rows.nth(0)).toContainText('iphone');
  await expect(devices.rows.nth(0)).toBeFocused();
  for (const [device, value] of values) expect(await isActive(value), device).toBe(device !== 'ipad');

  await page.getByRole('button', { name: 'Verify all' }).click();
  await expect(devices.news).toContainText(/^2 answered 200 · ipad got 401 \(revoked \d\d:\d\d\)/);
  await expect(devices.live('pixel')).toContainText(/answered 200 \(\d\d:\d\d:\d\d\)/);
  await expectAccessible(page);
  await takePictures(page, 'devicesProof');
});

test('a refreshed token replaces the previous one', async ({ devices, keyfob }) => {
  const isActive = await introspection(keyfob);
  await devices.mintFor('ipad, iphone, pixel');
  await expect(devices.rows).toHaveCount(3);
  const before = await liveValues(keyfob);
  await devices.button('Refresh the token of', 'iphone').click();
  await expect(devices.news).toContainText('iphone refreshed. Its old token no longer works.');
  const after = await liveValues(keyfob);
  expect(after.get('iphone')).not.toBe(before.get('iphone'));
  await expect(devices.rows.nth(1)).toContainText(after.get('iphone')?.slice(-4) ?? '');
  await expect(devices.rows.nth(1)).toContainText('refreshed');
  await expect(devices.button('Refresh the token of', 'iphone')).toBeFocused();
  await expect(devices.retired('iphone')).toContainText('Inactive');
  for (const value of after.values()) expect(await isActive(value)).toBe(true);
  expect(await isActive(before.get('iphone') ?? '')).toBe(false);
});

test('a token that expires in 10 seconds is expired when the clock has moved on', async ({ devices, page, keyfob }) => {
  const isActive = await introspection(keyfob);
  await devices.mintFor('ipad, iphone, pixel');
  await expect(devices.rows).toHaveCount(3);
  const values = await liveValues(keyfob);
  await devices.more('ipad', 'Expire in 10 s');
  await devices.more('iphone', 'Expire now');
  await expect(devices.live('iphone')).toContainText('Expired');
  await keyfob.call('settings.write', { clockOffsetSeconds: 11 });
  await expect(page.getByText('Clock moved 11 s ahead.')).toBeVisible();
  await expect(devices.live('ipad')).toContainText('Expired');
  await page.getByRole('button', { name: 'Verify all' }).click();
  await expect(devices.news).toContainText('1 answered 200 · ipad got 401 · iphone got 401');
  for (const [device, value] of values) expect(await isActive(value), device).toBe(device === 'pixel');
  await takePictures(page, 'devicesOverdue', ['1280x800']);

  await expect(page.getByRole('heading', { name: '1 device token · 2 expired' })).toBeVisible();
  await expect(devices.live('ipad')).not.toContainText('new');
  // The list's bar is one line next to the snippets.
  await expect(devices.snippets).toBeVisible();
  const bar = page.getByRole('heading', { name: '1 device token' }).locator('..');
  await expect.poll(async () => (await bar.boundingBox())?.height).toBeLessThan(40);
  await page.getByRole('button', { name: 'Export…' }).click();
  await expect(devices.dialog('Export 1 token')).toContainText('pixel: token');
  await page.getByRole('checkbox', { name: 'Include 2 expired tokens' }).click();
  await expect(devices.dialog('Export 3 tokens')).toContainText('iphone: token');
  await page.keyboard.press('Escape');
  await expect(devices.dialog('Export 3 tokens')).toBeHidden();
  await page.getByRole('button', { name: 'Mint 2 expired again' }).click();
  await expect(devices.news).toContainText('2 different tokens minted');
  for (const device of ['ipad', 'iphone']) await expect(devices.live(device)).not.toContainText('Expired');
  await expect(page.getByRole('heading', { name: '3 device tokens' })).toBeVisible();
  // Events disappear after a while.
  await page.clock.setFixedTime(Date.now() + 6 * 60_000);
  await expect(devices.news).toBeHidden();
  await expect(devices.live('ipad')).not.toContainText('new');
});

test("minting again keeps the device's token, and the row says why", async ({ devices, page, keyfob }) => {
  await devices.mintFor('ipad, iphone');
  await expect(devices.rows).toHaveCount(2);
  const before = await liveValues(keyfob);
  await page.keyboard.type('pixel, ip');
  await expect(page.getByRole('listbox', { name: 'Known devices' }).getByRole('option')).toHaveText(['iphone', 'ipad']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await devices.press('Mod+Enter');
  await expect(devices.news).toContainText('1 token minted · ipad keeps the token it has');
  await expect(devices.rows).toHaveCount(3);
  await expect(devices.rows.nth(0)).toContainText('pixel');
  await expect(devices.rows.nth(1)).toContainText('same token');
  expect((await liveValues(keyfob)).get('ipad')).toBe(before.get('ipad'));
  await takePictures(page, 'devicesReused', ['1280x800']);
  await page.getByRole('link', { name: /same token as before/ }).click();
  await expect(page).toHaveURL(/#\/tokens\/\d+$/);
});

test('rejects invalid device names, merges duplicates, expands numbered names', async ({ devices, page }) => {
  await devices.paste('ipad, ip@d, ipad;iphone\nmy/phone ipad');
  await expect(devices.chips).toHaveCount(4);
  const fault = page.getByRole('alert').filter({ hasText: 'letters, digits' });
  await expect(fault).toContainText(
    '“ip@d”, “my/phone”: A device name has letters, digits, dot, underscore and hyphen only.',
  );
  await expect(devices.mint).toHaveText('Mint 2 tokens');
  await expectAccessible(page);
  await takePictures(page, 'devicesFaults', ['1280x800']);
  await page.getByRole('button', { name: '2 not valid: remove them' }).click();
  await expect(devices.chips).toHaveCount(2);

  await page.getByRole('button', { name: 'Add numbered names' }).click();
  const numbers = page.getByRole('dialog', { name: 'Numbered device names' });
  await expect(numbers).toContainText('device-001 … device-100');
  await expectAccessible(page);
  await takePictures(page, 'devicesNumbers', ['1280x800']);
  await numbers.getByLabel('Prefix').fill('tv-');
  await numbers.getByLabel('How many').fill('12');
  await page.keyboard.press('Enter');
  await expect(numbers).toBeHidden();
  await expect(devices.mint).toHaveText('Mint 14 tokens');
  await devices.press('Mod+Enter');
  await expect(devices.news).toContainText('14 different tokens minted');
});

test('mints, lists and finds a thousand pasted devices', async ({ devices, page, keyfob }) => {
  const names = Array.from({ length: 1000 }, (_, index) => `lab-${index + 1}`);
  await devices.paste(names.join('\n'));
  await expect(devices.mint).toHaveText('Mint 1,000 tokens');
  await takePictures(page, 'devicesPasted', ['960x640']);
  await devices.press('Mod+Enter');
  await expect(devices.news).toContainText('1,000 different tokens minted');
  await expect(page.getByRole('heading', { name: '1,000 device tokens' })).toBeVisible();
  expect((await keyfob.call('devices.list', tester)).items).toHaveLength(1000);
  expect(await devices.rows.count()).toBeLessThan(60);
  await expect(devices.rows.nth(0)).toContainText('lab-1');
  const sort = page.getByRole('columnheader', { name: 'Device', exact: true }).getByRole('button');
  for (const first of ['lab-1', 'lab-1000']) {
    await sort.click();
    await expect(devices.rows.nth(0).getByText(first, { exact: true })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Choose the columns' }).click();
  await page.getByRole('checkbox', { name: 'Last used', exact: true }).check();
  await devices.escape();
  await expect(page.getByRole('button', { name: 'Choose the columns' })).toBeFocused();
  await expect(page.getByRole('columnheader', { name: 'Last used' })).toBeVisible();
  await takePictures(page, 'devicesCompact');
  await devices.press('Mod+f');
  await page.keyboard.type('lab-777');
  await expect(devices.rows).toHaveCount(1);
  await expect(page.getByRole('heading', { name: '1 of 1,000 device tokens' })).toBeVisible();
  await devices.revoke('lab-777');
  await expect(devices.news).toContainText('lab-777 revoked · the other 999 still active');
});

test('keeps and shows minted tokens when minting is cancelled', async ({ devices, page, keyfob }) => {
  const names = Array.from({ length: 2000 }, (_, index) => `lab-${index + 1}`);
  await devices.paste(names.join('\n'));
  await expect(devices.mint).toHaveText('Mint 2,000 tokens');
  // At the very moment when the page shows progress.
  await page.evaluate(() => {
    const watcher = new MutationObserver(() => {
      if (!/[1-9][\d,]* of 2,000/.test(document.querySelector('main')?.textContent ?? '')) return;
      for (const button of document.querySelectorAll('main button')) {
        if (!(button instanceof HTMLButtonElement) || button.textContent !== 'Cancel') continue;
        button.click();
        watcher.disconnect();
      }
    });
    watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  await devices.mint.click();
  await expect(devices.news).toContainText(/Cancelled\. At least \d+ of 2000 were done before, and stay\./);
  const { ids } = await keyfob.call('tokens.ids', { deviceTokens: true, state: 'ACTIVE' });
  expect(ids.length).toBeGreaterThan(0);
  expect(ids.length).toBeLessThan(2000);
  await expect(
    page.getByRole('heading', { name: `${ids.length.toLocaleString('en-GB')} device tokens` }),
  ).toBeVisible();
  await expect(devices.rows.nth(0)).toContainText('lab-1');
  // The remaining names stay in the input.
  expect(await devices.chips.count()).toBeGreaterThanOrEqual(2000 - ids.length);
  await devices.mint.click();
  // Thousands of tokens take a busy machine more than the usual wait.
  await expect(page.getByRole('heading', { name: '2,000 device tokens' })).toBeVisible({ timeout: 90_000 });
  expect((await keyfob.call('tokens.ids', { deviceTokens: true, state: 'ACTIVE' })).ids).toHaveLength(2000);
});

test('exports several tokens in a format, revokes them, and mints them again', async ({ devices, page, keyfob }) => {
  await devices.mintFor('ipad, iphone, pixel-7, tv');
  await expect(devices.rows).toHaveCount(4);
  const values = await liveValues(keyfob);
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = devices.dialog('Export 4 tokens');
  await expect(dialog).toContainText('ipad: token');
  await dialog.getByRole('radio', { name: 'Lines' }).click();
  await dialog.getByRole('radio', { name: 'Real' }).click();
  await expect(dialog).toContainText('The export holds real secrets');
  await expect(dialog).toContainText('YOUR_ACCESS_TOKEN');
  for (const value of values.values()) await expect(dialog).not.toContainText(value);
  await expectAccessible(page);
  await takePictures(page, 'devicesExport', ['1280x800', '960x640']);
  await dialog.getByRole('button', { name: 'Copy devices.txt' }).click();
  await expect(dialog).toBeHidden();
  expect(await devices.copied()).toBe([...values].map(([device, value]) => `${device}\t${value}\n`).join(''));

  await page.getByRole('button', { name: 'Export…' }).click();
  await dialog.getByRole('radio', { name: 'Postman' }).click();
  await expect(dialog).toContainText('3 files: keyfob.postman_environment.json');
  await expect(dialog).toContainText('Fill in the empty secrets.');
  await takePictures(page, 'devicesExportPostman', ['1280x800']);
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as zip' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('keyfob-shop-postman.zip');
  const archive = readFileSync(await saved.path(), 'utf8');
  expect(archive).toContain('keyfob-shop-postman/keyfob.postman_collection.json');
  for (const value of values.values()) expect(archive).not.toContain(value);
  await expect(dialog).toBeHidden();

  for (const device of ['iphone', 'pixel-7']) await page.getByRole('checkbox', { name: `Select ${device}` }).click();
  await expect(page.getByRole('heading', { name: '2 selected' })).toBeVisible();
  await takePictures(page, 'devicesSelected', ['1280x800']);
  await page.getByRole('button', { name: 'Export 2…' }).click();
  const two = devices.dialog('Export 2 tokens');
  await two.getByRole('radio', { name: '.env file' }).click();
  await two.getByRole('radio', { name: 'Real' }).click();
  await two.getByRole('button', { name: 'Copy .env' }).click();
  await expect(two).toBeHidden();
  const copied = await devices.copied();
  expect(copied).toContain(`KEYFOB_ACCESS_TOKEN_IPHONE=${values.get('iphone')}\n`);
  expect(copied).toContain(`KEYFOB_ACCESS_TOKEN_PIXEL_7=${values.get('pixel-7')}\n`);
  expect(copied).not.toContain(values.get('ipad'));

  await page.getByRole('button', { name: 'Revoke 2' }).click();
  const question = page.getByRole('alertdialog', { name: 'Revoke the tokens of 2 devices?' });
  await question.getByRole('button', { name: 'Revoke 2' }).click();
  await expect(devices.news).toContainText('iphone and pixel-7 revoked · ipad and tv still active');
  await page.getByRole('checkbox', { name: 'Select pixel-7' }).click();
  await page.getByRole('button', { name: 'Mint again' }).first().click();
  await expect(devices.news).toContainText('1 token minted');
  expect([...(await liveValues(keyfob)).keys()]).toEqual(['ipad', 'tv', 'pixel-7']);
});

test("shows a token's QR code, but not while presenting", async ({ devices, page }) => {
  await devices.mintFor('ipad, iphone');
  await devices.button('Show the QR code of', 'ipad').click();
  const dialog = devices.dialog('Token of ipad');
  const code = dialog.getByRole('img', { name: 'QR code: Token of ipad' });
  await expect(code).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'devicesQr', ['1280x800']);
  await devices.press('Mod+Shift+h');
  await expect(code).toBeHidden();
  await expect(dialog).toContainText('Hidden while presenting');
  await devices.press('Mod+Shift+h');
  await dialog.getByRole('button', { name: 'Show the code' }).click();
  await expect(code).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(devices.dialog('Token of iphone').getByRole('img', { name: 'QR code: Token of iphone' })).toBeVisible();
  await expect(devices.dialog('Token of iphone')).toContainText('2 of 2 · Expires ');
  await page.keyboard.press('ArrowLeft');
  await expect(code).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(devices.button('Show the QR code of', 'ipad')).toBeFocused();
});

test("opens a row's curl command in the snippet pane", async ({ devices, page }) => {
  await devices.mintFor('ipad, iphone');
  await expect(devices.rows).toHaveCount(2);
  await devices.press('Mod+Shift+g');
  await expect(devices.snippets).toBeHidden();
  await devices.button('Show the curl of', 'iphone').click();
  await expect(devices.snippets).toBeVisible();
  await expect(devices.snippets).toContainText('device_iphone');
  await expect(devices.live('iphone')).toHaveAttribute('aria-current', 'true');
  await expectAccessible(page);
});

test('adds extra scopes to each token, and reports dropped ones', async ({ devices, page, keyfob }) => {
  await keyfob.call('scopes.create', { name: 'orders.read' });
  await page.getByLabel('Extra scopes').fill('orders.read nonsense ');
  await devices.mintFor('ipad');
  await expect(devices.news).toContainText('nonsense left out: not defined');
  await expect(devices.live('ipad')).toContainText('device_ipad orders.read');
});

test('shows tokens minted elsewhere without a reload', async ({ devices, keyfob }) => {
  await expect(devices.names).toBeVisible();
  await keyfob.call('devices.mint', { ...tester, device: ['ipad'] });
  await expect(devices.live('ipad')).toContainText('Active');
  const { items } = await keyfob.call('devices.list', tester);
  await keyfob.call('tokens.revoke', { token: String(items[0]?.id) });
  await expect(devices.retired('ipad')).toContainText('Revoked');
});

test('reports keys without the grant type, and allows it at a press', async ({ devices, page, keyfob }) => {
  await keyfob.call('keys.update', { ...shop, grantTypes: ['client_credentials'] });
  await expect(page.getByText("don't allow the grant type password")).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'devicesGrant', ['1280x800']);
  await page.getByRole('button', { name: 'Allow it' }).click();
  await expect(page.getByText("don't allow the grant type")).toBeHidden();
  await devices.mintFor('ipad');
  await expect(devices.live('ipad')).toBeVisible();
});

test("mints nothing with revoked keys, and leads to the secret's regeneration", async ({ devices, page, keyfob }) => {
  await devices.mintFor('ipad');
  await expect(devices.live('ipad')).toContainText('Active');
  await keyfob.call('keys.revoke', shop);
  await expect(page.getByText('The Production keys of Shop are revoked.')).toBeVisible();
  await expect(devices.retired('ipad')).toContainText('Revoked');
  await devices.names.fill('iphone');
  await expect(devices.mint).toHaveAttribute('aria-disabled', 'true');
  await devices.press('Mod+Enter');
  await page.getByRole('button', { name: 'Show the keys' }).click();
  await expect(page).toHaveURL(/#\/applications\/\d+\/production$/);
  expect((await keyfob.call('tokens.ids', { deviceTokens: true, state: 'ACTIVE' })).ids).toEqual([]);
});

test("shows the engine's refusal, and keeps the names", async ({ devices, page, keyfob, faults }) => {
  faults.expect(/status of 4/);
  await expect(devices.names).toBeFocused();
  await page.route('**/call', async (route) => {
    // The keys lose the grant type between the press and the call.
    if (route.request().postData()?.includes('devices.mint') === true) {
      await keyfob.call('keys.update', { ...shop, grantTypes: ['client_credentials'] });
    }
    await route.continue();
  });
  await devices.mintFor('ipad, iphone');
  const note = page.getByRole('alert').filter({ hasText: 'Not all tokens were minted.' });
  await expect(note).toContainText('grant type');
  await expect(devices.chips).toHaveCount(2);
  await expectAccessible(page);
  await takePictures(page, 'devicesRefused', ['1280x800']);
  await note.getByRole('button', { name: 'Dismiss' }).click();
  await expect(note).toBeHidden();
});

test('everything is reachable at 200 % zoom', async ({ devices, page }) => {
  await page.setViewportSize({ width: 640, height: 400 });
  await devices.mintFor('ipad, iphone');
  await devices.button('Actions for', 'ipad').click();
  await expect(page.getByRole('menuitem', { name: 'Why this token?' })).toBeVisible();
  await takePicture(page, 'devicesZoomed-light-640x400');
  await devices.escape();
  await devices.revoke('ipad');
  await expect(devices.news).toContainText('ipad revoked · iphone still active');
});

test.describe('an empty vault', () => {
  test.use({ furnished: false });

  test('leads from nothing to a device token', async ({ devices, page, keyfob }) => {
    await expect(devices.main.getByText('No application yet')).toBeVisible();
    await expectAccessible(page);
    await takePictures(page, 'devicesNoApplication');
    await expect(devices.main.getByRole('button', { name: 'Create an application' })).toBeVisible();

    await keyfob.call('applications.create', { name: 'Shop' });
    await expect(devices.main.getByText('Shop has no Production keys yet')).toBeVisible();
    await expectAccessible(page);
    await takePictures(page, 'devicesNoKeys', ['1280x800']);
    await devices.main.getByRole('button', { name: 'Generate Production keys' }).click();

    await expect(devices.main.getByText('No user yet')).toBeVisible();
    await expectAccessible(page);
    await takePictures(page, 'devicesNoUser', ['1280x800']);
    await devices.main.getByRole('button', { name: 'Create user tester' }).click();

    await expect(devices.main.getByText('No device token yet')).toBeVisible();
    await takePictures(page, 'devicesNone');
    await devices.mintFor('ipad');
    await expect(devices.live('ipad')).toContainText('Active');
  });

  test('mints application tokens without a user', async ({ devices, keyfob }) => {
    await keyfob.call('applications.create', { name: 'Shop' });
    await keyfob.call('keys.generate', { application: 'Shop', keyType: 'SANDBOX' });
    await devices.main.getByRole('button', { name: 'Use Sandbox' }).click();
    await devices.main.getByRole('button', { name: 'Use application tokens' }).click();
    await devices.mintFor('ipad, iphone');
    await expect(devices.rows).toHaveCount(2);
    await expect(devices.button('Refresh the token of', 'ipad')).toHaveCount(0);
    await devices.revoke('ipad');
    await expect(devices.news).toContainText('ipad revoked · iphone still active');
  });
});

test('shows the progress of a large revocation, and stops on demand', async ({ devices, page, keyfob }) => {
  const device = Array.from({ length: 1500 }, (_, at) => `lab-${at}`);
  await keyfob.call('devices.mint', { ...tester, device });
  await expect(devices.main.getByRole('heading', { name: '1,500 device tokens' })).toBeVisible();
  // The second call stays pending until it is aborted.
  let calls = 0;
  await page.route('**/call', async (route) => {
    const revokes = route.request().postDataJSON().method === 'tokens.revokeMany';
    if (revokes) calls += 1;
    if (!revokes || calls !== 2) await route.continue();
  });
  await page.getByRole('checkbox', { name: /^Select all/ }).click();
  await page.getByRole('button', { name: 'Revoke 1,500' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByLabel('Type 1,500 devices to confirm').fill('1,500 devices');
  await dialog.getByRole('button', { name: 'Revoke 1,500' }).click();
  await expect(dialog.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '1000');
  await expectAccessible(page);
  await takePictures(page, 'devicesRevoking', ['960x640']);
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await expect(dialog).toBeHidden();
  await expect(devices.news).toContainText('Stopped: 1,000 of 1,500 revoked · the other 500 not revoked');
  expect((await keyfob.call('tokens.count', { state: 'ACTIVE', deviceTokens: true })).total).toBe(500);
});

test('a toast lies above the layout, in a corner where it covers no button', async ({ devices, page, keyfob }) => {
  await page.setViewportSize({ width: 960, height: 640 });
  await keyfob.call('devices.mint', { ...tester, device: ['ipad', 'iphone', 'pixel'] });
  // Toasts wait while the window has no focus.
  const blur = () => page.evaluate(() => dispatchEvent(new Event('blur')));
  await blur();
  const last = devices.button('Copy the token of', 'pixel');
  await last.click({ trial: true });
  const layout = () =>
    devices.main.evaluate((main) => [main.scrollTop, main.scrollHeight, main.clientHeight, ...main.getClientRects()]);
  const before = JSON.stringify(await layout());
  for (const device of ['ipad', 'iphone', 'pixel']) await devices.button('Copy the token of', device).click();
  await expect(devices.toast('copied')).toHaveText(/^Token of pixel copied\./);
  expect(JSON.stringify(await layout())).toBe(before);

  const box = async (of: Locator) => (await of.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  // A dialog hides the page from roles, but not from the eye.
  const covers = async (of: Locator) => {
    const [one, other] = [await box(page.locator('li', { hasText: 'copied' })), await box(of)];
    const apart = (from: 'x' | 'y', size: 'width' | 'height') =>
      one[from] + one[size] <= other[from] || other[from] + other[size] <= one[from];
    return !apart('x', 'width') && !apart('y', 'height');
  };
  expect(await covers(last)).toBe(false);

  await devices.button('Show the QR code of', 'ipad').click();
  // A click gives the window the focus again.
  await blur();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  for (const button of await dialog.getByRole('button').all()) await expect.poll(() => covers(button)).toBe(false);
  await takePictures(page, 'newsBesideDialog', ['960x640']);
});

test('keeps a half-typed name when a shortcut leaves the page', async ({ devices, page }) => {
  await expect(devices.names).toBeFocused();
  await page.keyboard.type('ipad, iph');
  await devices.press('Alt+3');
  await expect(devices.heading).toHaveText('Tokens');
  await devices.press('Alt+2');
  await expect(devices.chips).toHaveText([/ipad/, /iph/]);
});

test('keeps a draft and its news with their application, and viewing other rows changes neither', async ({
  devices,
  page,
  keyfob,
}) => {
  const billing = { application: 'Billing', keyType: 'PRODUCTION' } as const;
  await keyfob.call('applications.create', { name: 'Billing' });
  await keyfob.call('keys.generate', billing);
  const { items } = await keyfob.call('devices.mint', { ...billing, username: 'tester', device: ['lab-1'] });
  await devices.mintFor('tv');
  await expect(devices.news).toContainText('1 token minted');
  await page.keyboard.type('draft-a, draft-b,');
  await page.getByLabel('Extra scopes').fill('read ');
  await devices.press('Alt+3');
  await page.getByRole('row', { name: /lab-1/ }).click();
  await expect(devices.heading).toContainText(`Token ${items[0]?.id}`);
  await devices.press('Alt+2');
  await expect(devices.context.picker('Application')).toHaveText('Shop');
  await expect(devices.chips).toHaveText([/draft-a/, /draft-b/]);
  await expect(devices.mint).toHaveText('Mint 2 tokens');
  await expect(devices.live('tv')).toBeVisible();
  await expect(devices.news).toBeHidden();
  await expect(devices.live('tv')).not.toContainText('new');

  await devices.names.focus();
  await page.keyboard.type('half');
  await devices.context.pick('Application', 'Billing');
  await expect(devices.live('lab-1')).toBeVisible();
  await expect(devices.chips).toHaveCount(0);
  await devices.mintFor('lab-2');
  await expect(devices.live('lab-2')).toContainText('new');
  await devices.context.pick('Application', 'Shop');
  await expect(devices.chips).toHaveText([/draft-a/, /draft-b/, /half/]);
  await expect(devices.news).toBeHidden();
  // Tokens that follow each other within seconds count as one minting.
  await keyfob.call('settings.write', { clockOffsetSeconds: 60 });
  await devices.press('Mod+Enter');
  await expect(devices.news).toContainText('3 different tokens minted');
  const minted = await keyfob.call('devices.list', tester);
  expect(minted.items.map(({ device, scope }) => [device, scope.includes('read')])).toEqual(
    ['half', 'draft-b', 'draft-a', 'tv'].map((device) => [device, false]),
  );
  expect((await keyfob.call('devices.list', { ...billing, username: 'tester' })).items).toHaveLength(2);
  // The order of the names survives the page.
  await page.reload();
  await expect(devices.rows).toHaveCount(4);
  await expect(devices.rows).toContainText(['draft-a', 'draft-b', 'half', 'tv']);
});

test('never replaces a deleted owner silently: says so, and lets a person choose', async ({
  devices,
  page,
  keyfob,
}) => {
  await keyfob.call('applications.create', { name: 'Billing' });
  await keyfob.call('users.create', { username: 'ann', password: 's3cret' });
  await expect(devices.names).toBeFocused();
  await page.keyboard.type('ipad,');
  await keyfob.call('users.delete', { user: 'tester' });
  await expect(devices.context.bar).toContainText('tester was deleted. Choose another.');
  await expect(devices.main).toContainText('tester was deleted');
  await devices.press('Mod+Enter');
  await devices.context.pick('User', 'ann');
  await expect(devices.mint).toHaveText('Mint 1 token');

  const { id } = await keyfob.call('applications.delete', { application: 'Shop' });
  await expect(devices.main).toContainText('Shop was deleted');
  await keyfob.call('applications.restore', { application: String(id) });
  await expect(devices.chips).toHaveText([/ipad/]);
  await keyfob.call('applications.delete', { application: 'Shop' });
  await expect(devices.main).toContainText('Shop was deleted');
  await expectAccessible(page);
  await takePictures(page, 'devicesGone', ['1280x800']);
  await devices.main.getByRole('button', { name: 'Choose an application' }).press('Enter');
  await devices.typeToFind('Bill');
  await page.keyboard.press('Enter');
  await expect(devices.context.picker('Application')).toHaveText('Billing');
  await expect(devices.context.bar).not.toContainText('was deleted');
  expect((await keyfob.call('tokens.list', { deviceTokens: true })).items).toEqual([]);
});

test('creates an application and a user in their pickers', async ({ devices, page, keyfob }) => {
  await devices.context.picker('Application').click();
  await devices.typeToFind('Bil');
  await page.getByRole('option', { name: 'New application “Bil”…' }).click();
  const dialog = devices.dialog('New application');
  await expectAccessible(page);
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await expect(dialog.getByLabel('Name')).toHaveValue('Bil');
  await page.keyboard.type('Billing');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(devices.context.picker('Application')).toHaveText('Billing');
  await expect(devices.context.picker('Application')).toBeFocused();
  await devices.context.picker('User').click();
  await page.getByRole('option', { name: 'New user…' }).click();
  await expect(devices.dialog('New user').getByLabel('Username')).toBeFocused();
  await page.keyboard.type('tester');
  await page.keyboard.press('Enter');
  await expect(devices.dialog('New user').getByRole('alert')).toBeVisible();
  await devices.dialog('New user').getByLabel('Username').fill('ann');
  await page.keyboard.press('Enter');
  await expect(devices.context.picker('User')).toHaveText('ann');
  await devices.mintFor('device_ipad');
  await expect(devices.live('ipad')).toContainText('device_ipad');
  expect((await keyfob.call('tokens.list', { deviceTokens: true })).items).toMatchObject([
    { application: 'Billing', user: 'ann', scope: 'device_ipad' },
  ]);
  await devices.live('ipad').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Use this' }).click();
  await expect(devices.context.picker('Device')).toHaveText('ipad');
});
