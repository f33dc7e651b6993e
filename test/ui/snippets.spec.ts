import { test as base, expect } from './fixtures.ts';
import type { ServedKeyfob } from './keyfob.ts';
import { expectAccessible, takePictures } from './looks.ts';
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
    await use(new Snippets(shell.page));
  },
});

const json = async (command: string, variables = {}) => JSON.parse(await paste(command, variables)) as object;

test('a token: what is copied is what runs', async ({ snippets, shell, keyfob }) => {
  const { consumerSecret } = await keyfob.call('keys.reveal', shop);
  await expect(snippets.field('Application')).toHaveText('Shop');
  await expect(snippets.command).toContainText('••••••');
  const application = await snippets.copy();
  await expect(shell.toast('Curl command copied.')).toBeVisible();
  expect(application).toContain(consumerSecret);
  expect(await json(application)).toMatchObject({ token_type: 'Bearer', scope: /am_application_scope/ });

  await snippets.pick('User', 'tester');
  await expect(snippets.command).toContainText('username=tester');
  const user = await json(await snippets.copy());
  expect(user).toMatchObject({ token_type: 'Bearer', scope: 'default' });

  await snippets.field('Device').click();
  await snippets.page.keyboard.type('ipad');
  await snippets.page.keyboard.press('Enter');
  await snippets.field('Scopes').fill('orders');
  await expect(snippets.command).toContainText('device_ipad orders');
  const device = await json(await snippets.copy());
  expect(device).toMatchObject({ scope: 'device_ipad' });
  const { items } = await keyfob.call('devices.list', tester);
  expect(items.map(({ device: name }) => name)).toEqual(['ipad']);
});

test('the sandbox has keys of its own, generated here', async ({ snippets, keyfob }) => {
  await snippets.choice('Sandbox').click();
  await expect(snippets.pane).toContainText('Shop has no Sandbox keys yet.');
  await snippets.button('Generate keys').click();
  const { consumerKey } = await keyfob.call('keys.reveal', { ...shop, keyType: 'SANDBOX' });
  const command = await snippets.copy();
  expect(command).toContain(consumerKey);
  expect(await json(command)).toMatchObject({ token_type: 'Bearer' });
});

test('refresh, introspect and revoke work on the live token, which is issued where there is none', async ({
  snippets,
  keyfob,
}) => {
  await snippets.pick('User', 'tester');
  await snippets.show('Introspect');
  await expect(snippets.pane).toContainText('tester has no live token to introspect.');
  await expect(snippets.command).toBeHidden();
  await snippets.button('Issue one').click();
  expect(await json(await snippets.copy())).toMatchObject({ active: true, username: 'tester@carbon.super' });

  await snippets.show('Refresh');
  const before = await keyfob.call('tokens.issue', tester);
  const refreshed = await json(await snippets.copy());
  expect(refreshed).toMatchObject({ token_type: 'Bearer' });
  expect(refreshed).not.toMatchObject({ access_token: before.accessToken });

  await snippets.show('Revoke');
  await expect(snippets.pane.getByRole('link', { name: /^token \d+$/ })).not.toHaveText(`token ${before.id}`);
  await paste(await snippets.copy());
  await expect(snippets.pane).toContainText('tester has no live token to revoke.');
  expect((await keyfob.call('tokens.list', { user: 'tester', validity: 'valid' })).items).toEqual([]);
});

test('one device is introspected and revoked, and the others stay', async ({ snippets, keyfob }) => {
  const { items } = await keyfob.call('devices.mint', { ...tester, device: ['ipad', 'pixel'] });
  await snippets.pick('User', 'tester');
  await snippets.pick('Device', 'pixel');
  await snippets.show('Introspect');
  expect(await json(await snippets.copy())).toMatchObject({ active: true, scope: 'device_pixel' });
  await snippets.show('Revoke');
  await paste(await snippets.copy());
  await expect(snippets.pane).toContainText('pixel has no live token to revoke.');
  const live = (await keyfob.call('devices.list', tester)).items.map(({ id }) => id);
  expect(live).toEqual([items.find(({ device }) => device === 'ipad')?.id]);
});

test('from the environment, no secret is in the text; the values are copied beside it', async ({ snippets, shell }) => {
  await snippets.pick('User', 'tester');
  await snippets.choice('Environment').click();
  await expect(snippets.command).toContainText('$KEYFOB_PASSWORD');
  const command = await snippets.copy();
  expect(command).not.toContain(password);
  const variables = {
    KEYFOB_CONSUMER_SECRET: await snippets.copy('consumer secret'),
    KEYFOB_PASSWORD: await snippets.copy('password'),
  };
  await expect(shell.toast('Password copied.')).toBeVisible();
  expect(variables.KEYFOB_PASSWORD).toBe(password);
  expect(await json(command, variables)).toMatchObject({ token_type: 'Bearer' });
});

test('an API is called by the method and URL typed', async ({ snippets, keyfob }) => {
  const { tokenUrl = '' } = await keyfob.call('endpoint.status', {});
  await snippets.show('Call an API');
  await expect(snippets.pane).toContainText('Type its URL above.');
  const url = snippets.field('URL');
  await url.fill('not a url');
  await url.blur();
  await expect(url).toHaveAttribute('aria-invalid', 'true');
  await url.fill(tokenUrl.replace('/token', '/pets'));
  await snippets.field('Method').selectOption('DELETE');
  await expect(snippets.command).toContainText('-X DELETE');
  const command = await snippets.copy();
  expect(command).toMatch(/Authorization: Bearer \S+/);
  // Nothing is served there; that it was reached over TLS is what counts.
  expect(await json(command)).toMatchObject({ error: expect.any(String) });
});

test('without checking certificates', async ({ snippets }) => {
  await snippets.choice('-k').click();
  await expect(snippets.pane).toContainText('trusts whoever answers');
  const command = await snippets.copy();
  expect(command).not.toContain('--cacert');
  expect(await json(command)).toMatchObject({ token_type: 'Bearer' });
});

test('secrets are shown on demand, and hide when the window is left and while presenting', async ({
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

test('a new secret is in what is copied next', async ({ snippets, keyfob }) => {
  await snippets.button('Show the secrets').click();
  const { consumerSecret } = await keyfob.call('keys.regenerateSecret', shop);
  expect(await snippets.copy()).toContain(consumerSecret);
});

test('each shell is written for, and the choices are remembered', async ({ snippets, page }) => {
  await snippets.field('Shell').selectOption('powershell');
  await expect(snippets.command).toContainText('curl.exe');
  await snippets.choice('Placeholder').click();
  await expect(snippets.command).toContainText('YOUR_CONSUMER_SECRET');
  await expect(snippets.pane).toContainText('Put the consumer secret in place of YOUR_CONSUMER_SECRET.');
  await snippets.show('Introspect');
  await page.reload();
  await expect(snippets.field('Shell')).toHaveValue('powershell');
  await expect(snippets.choice('Placeholder')).toBeChecked();
  await expect(snippets.pane.getByRole('tab', { name: 'Introspect' })).toHaveAttribute('aria-selected', 'true');
  await expect(snippets.command).toContainText('YOUR_ACCESS_TOKEN');
});

test('it follows what is picked on the screens', async ({ snippets, shell, page, keyfob }) => {
  await keyfob.call('applications.create', { name: 'Billing' });
  await keyfob.call('keys.generate', { application: 'Billing', keyType: 'SANDBOX' });
  await expect(snippets.pane).toContainText('Pick an application');
  await shell.press('Mod+k');
  await expect(shell.dialog('Command palette')).toBeVisible();
  await page.keyboard.type('Billing');
  await page.keyboard.press('Enter');
  await expect(snippets.field('Application')).toHaveText('Billing');
  await shell.page.getByRole('main').getByRole('radio', { name: 'Sandbox' }).click();
  await expect(snippets.choice('Sandbox')).toBeChecked();
  const { consumerKey } = await keyfob.call('keys.reveal', { application: 'Billing', keyType: 'SANDBOX' });
  await expect(snippets.command).toContainText(consumerKey);

  await keyfob.call('devices.mint', { ...tester, device: ['ipad', 'pixel'] });
  await shell.goTo('Tokens');
  await page.getByRole('row', { name: /ipad/ }).click();
  await expect(snippets.field('Device')).toHaveText('ipad');
  await expect(snippets.field('Application')).toHaveText('Shop');
  await expect(snippets.field('User')).toHaveText('tester');
  await expect(snippets.choice('Production')).toBeChecked();
  expect(await json(await snippets.copy())).toMatchObject({ scope: 'device_ipad' });
});

test('what stands in the way is said, with a way out', async ({ snippets, shell, keyfob }) => {
  await keyfob.call('endpoint.stop', {});
  await keyfob.call('settings.write', { port: 0 });
  await expect(snippets.pane).toContainText('The endpoint is stopped');
  await snippets.button('Start').click();
  await expect(snippets.pane).not.toContainText('The endpoint is stopped');
  expect(await json(await snippets.copy())).toMatchObject({ token_type: 'Bearer' });

  await snippets.show('Refresh');
  await expect(snippets.pane).toContainText('Application tokens have no refresh token.');
  await snippets.show('Token');
  await snippets.pick('User', 'admin');
  await expect(snippets.pane).toContainText('admin has no password yet.');
  await snippets.field('Scopes').fill('a"b');
  await expect(snippets.pane.getByRole('alert')).toContainText('no quotes');
  await snippets.field('Scopes').fill('');

  await keyfob.call('keys.revoke', shop);
  await expect(snippets.pane).toContainText('These keys are revoked.');
  await keyfob.call('applications.delete', { application: 'Shop' });
  await expect(snippets.pane).toContainText('No application yet');
  await snippets.button('Go to applications').click();
  await expect(shell.heading).toHaveText('Applications');
});

test('when the token runs out, another is offered', async ({ snippets, keyfob }) => {
  await snippets.show('Introspect');
  const { id } = await keyfob.call('tokens.issue', shop);
  await expect(snippets.pane.getByRole('link', { name: `token ${id}` })).toBeVisible();
  await keyfob.call('tokens.setEnd', { token: String(id), inSeconds: 1 });
  await expect(snippets.pane).toContainText('Shop has no live token to introspect.');
});

test('by keyboard alone', async ({ snippets, shell, page }) => {
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
  await keys.press('ArrowLeft');
  await keys.press('Tab');
  await expect(snippets.pane.getByRole('tabpanel')).toBeFocused();
  for (const name of ['Application', 'Key type', 'User'] as const) {
    await keys.press('Tab');
    if (name !== 'Key type') await expect(snippets.field(name)).toBeFocused();
  }
  await keys.press('Enter');
  await keys.type('tester');
  await keys.press('Enter');
  await expect(snippets.field('User')).toBeFocused();
  await expect(snippets.command).toContainText('username=tester');
  for (let presses = 0; presses < 12; presses += 1) {
    if (await snippets.copyButton.evaluate((button) => button === document.activeElement)) break;
    await keys.press('Tab');
  }
  await keys.press('Enter');
  await expect(shell.toast('Curl command copied.')).toBeVisible();
  expect(await json(await page.evaluate(() => navigator.clipboard.readText()))).toMatchObject({ token_type: 'Bearer' });
});

test('where the window is narrow it lies over the screen, and never over the focus', async ({
  snippets,
  shell,
  page,
}) => {
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
  await snippets.pick('User', 'tester');
  await snippets.pick('Device', 'ipad');
  await expect(snippets.command).toContainText('device_ipad');
  await takePictures(page, 'snippets-token', ['1280x800']);
  await snippets.choice('Environment').click();
  await snippets.show('Call an API');
  await snippets.field('URL').fill('https://localhost:8243/pets/v1');
  await expect(snippets.command).toContainText('KEYFOB_ACCESS_TOKEN');
  await expectAccessible(page);
  await takePictures(page, 'snippets-api', ['1280x800']);
  await snippets.show('Introspect');
  await snippets.field('Scopes').fill('orders');
  await keyfob.call('endpoint.stop', {});
  await expect(snippets.pane).toContainText('has no live token');
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
  await expect(snippets.pane).toContainText('Billing');
  await keyfob.call('applications.create', { name: 'Search' });
  await expect(snippets.pane).toContainText('Pick an application');
  await expectAccessible(page);
  await takePictures(page, 'snippets-empty', ['960x640']);
});
