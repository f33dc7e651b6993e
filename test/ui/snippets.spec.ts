import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Locator } from '@playwright/test';
import { test as base, expect } from './harness/fixtures.ts';
import type { ServedKeyfob } from './harness/keyfob.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { paste, Snippets } from './pages/snippets.ts';

const password = `it's "100%" $HOME & ü`;
const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const tester = { ...shop, username: 'tester' } as const;

/** An application with keys, a user, and the endpoint running on a free port. */
async function setScene(keyfob: ServedKeyfob): Promise<void> {
  await keyfob.call('applications.create', { name: 'Shop' });
  await keyfob.call('keys.generate', shop);
  await keyfob.call('users.create', { username: 'tester', password });
  await keyfob.call('endpoint.start', { port: 0 });
}

const test = base.extend<{ readonly snippets: Snippets }>({
  snippets: async ({ keyfob, shell }, use) => {
    await setScene(keyfob);
    const snippets = new Snippets(shell.page);
    // The context starts with the first user who can log in.
    await expect(snippets.context.picker('User')).toHaveText('tester');
    await snippets.context.pick('User', 'No user');
    await use(snippets);
  },
});

const json = async (command: string, variables = {}) => JSON.parse(await paste(command, variables)) as object;

test('gets a token: the copied command is the one that runs', async ({ snippets, shell, keyfob }) => {
  const { consumerSecret } = await keyfob.call('keys.reveal', shop);
  await expect(snippets.context.picker('Application')).toHaveText('Shop');
  await expect(snippets.command).toContainText('••••••');
  const application = await snippets.copy();
  await expect(shell.toast('Curl command copied.')).toBeVisible();
  expect(application).toContain(consumerSecret);
  expect(await json(application)).toMatchObject({ token_type: 'Bearer', scope: /am_application_scope/ });

  await snippets.context.pick('User', 'tester');
  await expect(snippets.command).toContainText('username=tester');
  const user = await json(await snippets.copy());
  expect(user).toMatchObject({ token_type: 'Bearer', scope: 'default' });

  await snippets.context.picker('Device').click();
  await shell.typeToFind('ipad');
  await snippets.page.keyboard.press('Enter');
  await snippets.field('Scopes').fill('orders');
  await expect(snippets.command).toContainText('device_ipad orders');
  const device = await json(await snippets.copy());
  expect(device).toMatchObject({ scope: 'device_ipad' });
  const { items } = await keyfob.call('devices.list', tester);
  expect(items.map(({ device: name }) => name)).toEqual(['ipad']);
});

test('generates Sandbox keys in the pane', async ({ snippets, keyfob }) => {
  await snippets.context.keyType('Sandbox').click();
  await expect(snippets.pane).toContainText('Shop has no Sandbox keys yet.');
  await snippets.button('Generate keys').click();
  await expect(snippets.command).toBeVisible();
  const { consumerKey } = await keyfob.call('keys.reveal', { ...shop, keyType: 'SANDBOX' });
  const command = await snippets.copy();
  expect(command).toContain(consumerKey);
  expect(await json(command)).toMatchObject({ token_type: 'Bearer' });
});

test('refreshes, introspects and revokes the active token, and issues a missing one', async ({ snippets, keyfob }) => {
  await snippets.context.pick('User', 'tester');
  await snippets.show('Introspect');
  await expect(snippets.pane).toContainText('tester has no active token to introspect.');
  await expect(snippets.command).toBeHidden();
  await snippets.button('Issue token').click();
  expect(await json(await snippets.copy())).toMatchObject({ active: true, username: 'tester@carbon.super' });

  await snippets.show('Refresh');
  const before = await keyfob.call('tokens.issue', tester);
  const refreshed = await json(await snippets.copy());
  expect(refreshed).toMatchObject({ token_type: 'Bearer' });
  expect(refreshed).not.toMatchObject({ access_token: before.accessToken });

  await snippets.show('Revoke');
  await expect(snippets.pane.getByRole('link', { name: /^token \d+$/ })).not.toHaveText(`token ${before.id}`);
  await paste(await snippets.copy());
  await expect(snippets.pane).toContainText('tester has no active token to revoke.');
  expect((await keyfob.call('tokens.list', { user: 'tester', validity: 'valid' })).items).toEqual([]);
});

test('introspects and revokes one device, and the others stay', async ({ snippets, keyfob }) => {
  const { items } = await keyfob.call('devices.mint', { ...tester, device: ['ipad', 'pixel'] });
  await snippets.context.pick('User', 'tester');
  await snippets.context.pick('Device', 'pixel');
  await snippets.show('Introspect');
  expect(await json(await snippets.copy())).toMatchObject({ active: true, scope: 'device_pixel' });
  await snippets.show('Revoke');
  await paste(await snippets.copy());
  await expect(snippets.pane).toContainText('pixel has no active token to revoke.');
  const live = (await keyfob.call('devices.list', tester)).items.map(({ id }) => id);
  expect(live).toEqual([items.find(({ device }) => device === 'ipad')?.id]);
});

test('writes environment variables instead of secrets, and copies their values separately', async ({
  snippets,
  shell,
}) => {
  await snippets.context.pick('User', 'tester');
  await snippets.choice('Variables').click();
  await expect(snippets.command).toContainText('$KEYFOB_PASSWORD');
  const command = await snippets.copy();
  expect(command).not.toContain(password);
  expect(command).toContain('--cacert "$KEYFOB_CA"');
  const variables = {
    KEYFOB_CA: await snippets.copy('path of the CA certificate'),
    KEYFOB_CONSUMER_SECRET: await snippets.copy('consumer secret'),
    KEYFOB_PASSWORD: await snippets.copy('password'),
  };
  await expect(shell.toast('Password copied.')).toBeVisible();
  expect(variables.KEYFOB_PASSWORD).toBe(password);
  expect(await json(command, variables)).toMatchObject({ token_type: 'Bearer' });
});

test('calls an API by the typed method and URL', async ({ snippets, keyfob }) => {
  const { tokenUrl = '' } = await keyfob.call('endpoint.status', {});
  await snippets.show('Call an API');
  // Without a URL, the command calls the API echo.
  await expect(snippets.field('API')).toHaveValue(tokenUrl.replace('/token', '/echo/1.0/'));
  await expect(snippets.command).toContainText('/echo/1.0/');
  const url = snippets.field('URL');
  await url.fill('not a url');
  await expect(snippets.pane).toContainText('Enter a full URL, e.g. https://');
  await url.blur();
  await expect(url).toHaveAttribute('aria-invalid', 'true');
  await url.fill('localhost:8243/pets');
  await expect(snippets.command).toContainText('https://localhost:8243/pets');
  // The previous command stays greyed and inert while the next URL is typed.
  await url.fill('https://');
  await expect(snippets.pane.locator('[inert]')).toContainText('https://localhost:8243/pets');
  await expect(snippets.field('API').locator('option:checked')).toHaveText('Another URL');
  await url.fill(tokenUrl.replace('/token', '/echo/1.0/pets'));
  await expect(snippets.field('API').locator('option:checked')).toHaveText('echo/1.0');
  await snippets.field('Method').selectOption('DELETE');
  await expect(snippets.command).toContainText('-X DELETE');
  const command = await snippets.copy();
  expect(command).toMatch(/Authorization: Bearer \S+/);
  expect(await json(command)).toMatchObject({ caller: { application: 'Shop' } });
});

test('runs without a certificate check', async ({ snippets }) => {
  await snippets.choice('-k').click();
  await expect(snippets.pane).toContainText('trusts any server');
  const command = await snippets.copy();
  expect(command).not.toContain('--cacert');
  expect(await json(command)).toMatchObject({ token_type: 'Bearer' });
});

test('shows secrets on demand, and hides them without the focus and while presenting', async ({
  snippets,
  shell,
  page,
  keyfob,
}) => {
  const { consumerSecret } = await keyfob.call('keys.reveal', shop);
  await expect(snippets.command).toContainText('••••••');
  expect(await page.content()).not.toContain(consumerSecret);
  await snippets.button('Show the secrets').press('Enter');
  await expect(snippets.command).toContainText(consumerSecret);
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect(snippets.command).not.toContainText(consumerSecret);
  await snippets.button('Show the secrets').click();
  await expect(snippets.command).toContainText(consumerSecret);
  await shell.press('Mod+Shift+h');
  await expect(snippets.command).not.toContainText(consumerSecret);
  await snippets.button('Show the secrets').click({ force: true });
  await expect(snippets.command).not.toContainText(consumerSecret);
  expect(await snippets.copy()).toContain(consumerSecret);
});

test('copies a new secret with the next command', async ({ snippets, keyfob }) => {
  await snippets.button('Show the secrets').click();
  const { consumerSecret } = await keyfob.call('keys.regenerateSecret', shop);
  expect(await snippets.copy()).toContain(consumerSecret);
});

test('writes for each shell, and remembers the choices', async ({ snippets, page }) => {
  await snippets.field('Language').selectOption('powershell');
  await expect(snippets.command).toContainText('curl.exe');
  await snippets.choice('Placeholders').click();
  await expect(snippets.command).toContainText('YOUR_CONSUMER_SECRET');
  await expect(snippets.pane).toContainText('Replace YOUR_CONSUMER_SECRET with the consumer secret.');
  await snippets.show('Introspect');
  await page.reload();
  await expect(snippets.field('Language')).toHaveValue('powershell');
  await expect(snippets.choice('Placeholders')).toBeChecked();
  await expect(snippets.pane.getByRole('tab', { name: 'Introspect' })).toHaveAttribute('aria-selected', 'true');
  await expect(snippets.command).toContainText('YOUR_ACCESS_TOKEN');
});

test('writes a program that runs, and names it in each button', async ({ snippets, shell, page, keyfob }) => {
  const language = snippets.field('Language');
  await language.selectOption({ label: 'Python (requests)' });
  await snippets.context.pick('User', 'tester');
  await expect(snippets.command).toContainText('"username": "tester"');
  await expect(snippets.command).toContainText('"password": "••••••"');
  await expect(snippets.choice('Verify')).toBeChecked();
  await expect(snippets.pane).toContainText('For Python 3 with the package requests.');
  const program = await snippets.copy('Python program');
  await expect(shell.toast('Python program copied.')).toBeVisible();
  const { stdout } = await promisify(execFile)('/usr/bin/python3', ['-c', program]);
  expect(stdout).toMatch(/^200 OK\n\{"access_token":/);

  await expectAccessible(page);
  await takePictures(page, 'snippets-python', ['1280x800', '960x640']);
  const { items } = await keyfob.call('devices.mint', { ...tester, device: ['ipad'] });
  await shell.press('Mod+k');
  const palette = shell.dialog('Command palette');
  await palette.getByRole('combobox').fill('copy python for ipad');
  await expect(palette.getByRole('option').first()).toHaveText(/^Copy Python for ipad/);
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(shell.toast('Python program copied.')).not.toHaveCount(0);
  await shell.goTo('Tokens');
  await page.getByRole('row', { name: /ipad/ }).click();
  await expect(shell.heading).toContainText(`Token ${items[0]?.id}`);
  await page.getByRole('main').getByRole('button', { name: 'Actions for this token' }).click();
  await expect(page.getByRole('menuitem', { name: 'Copy Python' })).toBeVisible();
  await page.keyboard.press('Escape');

  await snippets.choice('Variables').click();
  await expect(snippets.pane).toContainText('Set the environment variable KEYFOB_PASSWORD to the password first.');
  await page.reload();
  await expect(language).toHaveValue('python-requests');
  await expect(snippets.command).toContainText('os.environ["KEYFOB_PASSWORD"]');
  await language.focus();
  await language.selectOption({ label: 'cmd (prompt)' });
  await expect(snippets.command).toContainText('curl.exe');
});

test('viewing a row shows its calls, and the context stays until "Use this"', async ({
  snippets,
  shell,
  page,
  keyfob,
}) => {
  await keyfob.call('applications.create', { name: 'Billing' });
  const sandbox = { application: 'Billing', keyType: 'SANDBOX' } as const;
  await keyfob.call('keys.generate', sandbox);
  const { application, user, device } = {
    application: snippets.context.picker('Application'),
    user: snippets.context.picker('User'),
    device: snippets.context.picker('Device'),
  };
  const expectContext = async (...names: readonly string[]) => {
    await expect(application).toHaveText(names[0] ?? '');
    await expect(user).toHaveText(names[1] ?? '');
    await expect(device).toHaveText(names[2] ?? '');
    await expect(snippets.context.keyType('Production')).toBeChecked();
  };
  await shell.press('Mod+k');
  const palette = shell.dialog('Command palette');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('Billing');
  await expect(palette.getByRole('option', { selected: true })).toHaveText(/^Billing/);
  await page.keyboard.press('Enter');
  await expect(snippets.looked).toContainText('Showing Billing');
  await page.getByRole('main').getByRole('radio', { name: 'Sandbox' }).click();
  const { consumerKey } = await keyfob.call('keys.reveal', sandbox);
  await expect(snippets.command).toContainText(consumerKey);
  await expectContext('Shop', 'No user', 'No device');

  const { items } = await keyfob.call('devices.mint', { ...tester, device: ['ipad', 'pixel'] });
  await shell.goTo('Tokens');
  await expect(snippets.looked).toBeHidden();
  await page.getByRole('row', { name: /ipad/ }).click({ button: 'right' });
  await page.getByRole('row', { name: /ipad/ }).click();
  await expect(shell.heading).toContainText(`Token ${items[0]?.id}`);
  await expect(snippets.looked).toContainText(`Showing token ${items[0]?.id}ipad · tester · Shop · Production`);
  expect(await json(await snippets.copy())).toMatchObject({ scope: 'device_ipad' });
  await expectContext('Shop', 'No user', 'No device');
  await expectAccessible(page);
  await takePictures(page, 'snippets-looked', ['1280x800', '960x640']);
  await snippets.button('Back to the context').click();
  expect(await json(await snippets.copy())).toMatchObject({ scope: 'am_application_scope default' });

  await shell.goTo('Applications');
  await shell.goTo('Tokens');
  await page.getByRole('row', { name: /pixel/ }).click();
  await snippets.button('Use this').click();
  await expect(snippets.looked).toBeHidden();
  await expectContext('Shop', 'tester', 'pixel');
  expect(await json(await snippets.copy())).toMatchObject({ scope: 'device_pixel' });
  await page.reload();
  await expectContext('Shop', 'tester', 'pixel');
});

test('names each obstacle, with a way to fix it', async ({ snippets, keyfob }) => {
  await keyfob.call('endpoint.stop', {});
  await keyfob.call('settings.write', { port: 0 });
  await expect(snippets.pane).toContainText('The endpoint is stopped');
  await snippets.button('Start').click();
  await expect(snippets.pane).not.toContainText('The endpoint is stopped');
  expect(await json(await snippets.copy())).toMatchObject({ token_type: 'Bearer' });

  await snippets.show('Refresh');
  await expect(snippets.pane).toContainText('Application tokens have no refresh token.');
  await snippets.show('Token');
  await snippets.context.pick('User', 'admin');
  await expect(snippets.pane).toContainText('admin has no password yet.');
  await snippets.field('Scopes').fill('a"b');
  await expect(snippets.pane.getByRole('alert')).toContainText('without quotes');
  await snippets.field('Scopes').fill('');

  await keyfob.call('keys.revoke', shop);
  await expect(snippets.pane).toContainText('These keys are revoked.');
  await keyfob.call('applications.create', { name: 'Billing' });
  const { id } = await keyfob.call('applications.delete', { application: 'Shop' });
  await expect(snippets.pane).toContainText('Shop was deleted. Choose an application above.');
  await expect(snippets.context.bar).toContainText('Shop was deleted. Choose another.');
  await keyfob.call('applications.restore', { application: String(id) });
  await expect(snippets.context.picker('Application')).toHaveText('Shop');
  await keyfob.call('applications.update', { application: 'Shop', name: 'Store' });
  await expect(snippets.context.picker('Application')).toHaveText('Store');
  await keyfob.call('applications.delete', { application: 'Store' });
  await keyfob.call('applications.delete', { application: 'Billing' });
  await expect(snippets.pane).toContainText('Create an application to see its calls here.');
  await expect(snippets.context.bar).toBeHidden();
});

test('offers another token when one expires', async ({ snippets, keyfob }) => {
  await snippets.show('Introspect');
  const { id } = await keyfob.call('tokens.issue', shop);
  await expect(snippets.pane.getByRole('link', { name: `token ${id}` })).toBeVisible();
  await keyfob.call('tokens.setExpiry', { token: String(id), inSeconds: 1 });
  await expect(snippets.pane).toContainText('Shop has no active token to introspect.');
});

test('works by keyboard alone', async ({ snippets, shell, page }) => {
  await expect(snippets.copyButton).toBeVisible();
  await shell.press('Mod+Shift+g');
  await expect(snippets.pane).toBeHidden();
  await shell.press('Mod+Shift+g');
  const keys = page.keyboard;
  await keys.press('Tab');
  await expect(snippets.button('Hide this pane')).toBeFocused();
  await keys.press('Tab');
  await expect(snippets.pane.getByRole('tab', { name: 'Token' })).toBeFocused();
  await keys.press('ArrowRight');
  await expect(snippets.pane).toContainText('Application tokens have no refresh token.');
  const tabTo = async (target: Locator) => {
    for (let presses = 0; presses < 12; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await keys.press('Tab');
    }
    await expect(target).toBeFocused();
  };
  await tabTo(snippets.button('Choose a user'));
  await keys.press('Enter');
  await shell.typeToFind('tester');
  await keys.press('Enter');
  await expect(snippets.context.picker('User')).toBeFocused();
  await shell.press('Mod+Shift+g');
  await expect(snippets.pane).toBeHidden();
  await shell.press('Mod+Shift+g');
  await tabTo(snippets.pane.getByRole('tab', { name: 'Refresh' }));
  await keys.press('ArrowLeft');
  await expect(snippets.command).toContainText('username=tester');
  await tabTo(snippets.copyButton);
  await keys.press('Enter');
  await expect(shell.toast('Curl command copied.')).toBeVisible();
  expect(await json(await page.evaluate(() => navigator.clipboard.readText()))).toMatchObject({ token_type: 'Bearer' });
});

test('lies over the screen in a narrow window, and never over the focus', async ({ snippets, shell, page }) => {
  await page.setViewportSize({ width: 960, height: 640 });
  await expect(snippets.pane).toBeHidden();
  await shell.press('Mod+Shift+g');
  await expect(snippets.pane).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(snippets.button('Hide this pane')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(snippets.pane).toBeHidden();
  const chip = shell.status.getByRole('button', { name: 'Snippets' });
  await chip.press('Enter');
  await expect(snippets.pane).toBeVisible();
  await snippets.button('Hide this pane').press('Enter');
  await expect(snippets.pane).toBeHidden();
  await expect(chip).toBeFocused();
});

test('the pane looks as it should', async ({ snippets, shell, page, keyfob }) => {
  await keyfob.call('devices.mint', { ...tester, device: ['ipad', 'pixel'] });
  await expect(snippets.command).toContainText('••••••');
  await expectAccessible(page);
  await snippets.context.pick('User', 'tester');
  await snippets.context.pick('Device', 'ipad');
  await expect(snippets.command).toContainText('device_ipad');
  await takePictures(page, 'snippets-token', ['1280x800']);
  await snippets.choice('Variables').click();
  await snippets.show('Call an API');
  await snippets.field('URL').fill('https://localhost:8243/pets/v1');
  await expect(snippets.command).toContainText('KEYFOB_ACCESS_TOKEN');
  await expectAccessible(page);
  await takePictures(page, 'snippets-api', ['1280x800']);
  await snippets.show('Introspect');
  await keyfob.call('scopes.create', { name: 'orders' });
  await snippets.field('Scopes').fill('orders');
  await keyfob.call('endpoint.stop', {});
  await expect(snippets.pane).toContainText('has no active token');
  await expect(snippets.pane).toContainText('The endpoint is stopped');
  await expectAccessible(page);
  await takePictures(page, 'snippets-obstacles', ['1280x800']);
  await page.setViewportSize({ width: 960, height: 640 });
  await expect(snippets.pane).toBeHidden();
  await shell.press('Mod+Shift+g');
  await expect(snippets.pane).toBeVisible();
  await takePictures(page, 'snippets-narrow', ['960x640']);
  await keyfob.call('applications.create', { name: 'Billing' });
  await keyfob.call('applications.delete', { application: 'Shop' });
  await expect(snippets.pane).toContainText('Shop was deleted. Choose an application above.');
  await expectAccessible(page);
  await takePictures(page, 'snippets-empty', ['960x640']);
});
