import type { Locator } from '@playwright/test';
import { test as base, expect } from './harness/fixtures.ts';
import { expectAccessible, takePicture, takePictures } from './harness/looks.ts';
import { Devices } from './pages/devices.ts';
import { Snippets } from './pages/snippets.ts';

const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const tester = { ...shop, username: 'tester' } as const;

const test = base.extend<{ readonly snippets: Snippets; readonly devices: Devices }>({
  snippets: async ({ keyfob, shell }, use) => {
    await keyfob.call('applications.create', { name: 'Shop' });
    await keyfob.call('keys.generate', shop);
    await keyfob.call('users.create', { username: 'tester', password: 's3cret' });
    await keyfob.call('endpoint.start', { port: 0 });
    const snippets = new Snippets(shell.page);
    await expect(snippets.context.picker('User')).toHaveText('tester');
    await use(snippets);
  },
  devices: async ({ snippets }, use) => {
    const devices = new Devices(snippets.page);
    await devices.goTo('Device tokens');
    await use(devices);
  },
});

const bodyOf = async (body: Locator) => JSON.parse(await body.innerText()) as Record<string, unknown>;

test('runs the shown call, and goes on with the token that it issued', async ({ snippets, shell, keyfob }) => {
  const { page } = snippets;
  await expect(snippets.run).toBeEnabled();
  await snippets.run.click();
  await expect(snippets.reply).toContainText('200 OK');
  await expect(snippets.reply).toContainText('New: there was no live token for user tester');
  expect(await bodyOf(snippets.body)).toMatchObject({ access_token: '••••••', token_type: 'Bearer' });
  await expect(snippets.run).toBeFocused();
  await expectAccessible(page);
  await takePictures(page, 'runToken', ['1280x800']);

  const [issued] = (await keyfob.call('tokens.list', { user: 'tester' })).items;
  const { accessToken } = await keyfob.call('tokens.reveal', { token: String(issued?.id) });
  await snippets.button('Show the tokens').click();
  await expect.poll(() => bodyOf(snippets.body)).toMatchObject({ access_token: accessToken });
  await shell.press('Mod+Shift+h');
  await expect(snippets.body).not.toContainText(accessToken);
  await shell.press('Mod+Shift+h');
  expect(await snippets.copy('reply body')).toContain(accessToken);
  await snippets.pane.getByText(/^\d+ headers$/).click();
  await expect(snippets.reply).toContainText('Cache-Control');

  await snippets.button('Introspect it').click();
  await expect(snippets.pane.getByRole('tab', { name: 'Introspect' })).toHaveAttribute('aria-selected', 'true');
  await expect(snippets.reply).toContainText(`Token ${issued?.id} is valid for another`);
  expect(await bodyOf(snippets.body)).toMatchObject({ active: true });
  await expect(snippets.run).toBeFocused();

  await snippets.show('Revoke');
  await snippets.run.click();
  await expect(snippets.reply).toContainText(`Token ${issued?.id} was revoked.`);
  await expect(snippets.pane).toContainText('tester has no active token to revoke.');
  await takePictures(page, 'runRevoked', ['1280x800']);
  await snippets.button('Dismiss the reply').click();
  await expect(snippets.reply).toBeHidden();
});

test('calls the API echo with a token, and mints again after a refusal', async ({ snippets, keyfob }) => {
  await snippets.run.click();
  await snippets.button('Call the API with it').click();
  await expect(snippets.reply).toContainText('200 OK');
  await expect(snippets.command).toContainText('/echo/1.0/');
  await expect(snippets.body).toContainText('tester');
  await takePictures(snippets.page, 'runApi');

  const [issued] = (await keyfob.call('tokens.list', { user: 'tester' })).items;
  // The pane pins the token, as a link to it would.
  await snippets.page.goto(`${snippets.page.url().replace(/#.*/, '')}#/tokens/${issued?.id}`);
  await expect(snippets.looked).toContainText(`Showing token ${issued?.id}`);
  await keyfob.call('tokens.revoke', { token: String(issued?.id) });
  await snippets.run.click();
  await expect(snippets.reply).toContainText('401');
  await expect(snippets.reply).toContainText(/revoked/i);
  await expectAccessible(snippets.page);
  await takePictures(snippets.page, 'runRefused', ['1280x800']);
  await snippets.button('Mint again and retry').click();
  await expect(snippets.reply).toContainText('200 OK');
  await expect(snippets.looked).not.toContainText(`Showing token ${issued?.id}`);
});

test('runs by keys: in the pane, from elsewhere, and from the palette', async ({ snippets, shell }) => {
  await snippets.field('Scopes').focus();
  await expect(snippets.run).toBeEnabled();
  await shell.press('Mod+Enter');
  await expect(snippets.reply).toContainText('200 OK');
  await snippets.button('Dismiss the reply').click();
  await shell.navigation.getByRole('link', { name: 'Users' }).focus();
  await shell.press('Mod+Shift+Enter');
  await expect(snippets.reply).toContainText('200 OK');
  await snippets.button('Dismiss the reply').click();
  await shell.press('Mod+k');
  await shell.page.keyboard.type('run the call');
  await shell.page.keyboard.press('Enter');
  await expect(snippets.reply).toContainText('200 OK');
});

test('says why a call got no reply, and what to do', async ({ snippets, keyfob }) => {
  await keyfob.call('endpoint.stop', {});
  await expect(snippets.pane).toContainText('The endpoint is stopped.');
  await snippets.run.click();
  await expect(snippets.pane.getByRole('alert')).toContainText('The endpoint is stopped. Start it');
  await expectAccessible(snippets.page);
  await snippets.show('Call an API');
  await keyfob.call('tokens.issue', tester);
  await snippets.field('URL').fill('https://api.example.com/orders');
  await expect(snippets.pane.getByText(/^Keyfob calls this machine only, and api\.example\.com/)).toBeVisible();
  await expect(snippets.run).toHaveAttribute('aria-disabled', 'true');
});

test.describe('with a browser that trusts the endpoint @browser', () => {
  test.use({ ignoreHTTPSErrors: true });

  test('signs in in a browser tab, and goes on with the token', async ({ snippets, keyfob, page }) => {
    await snippets.field('Grant').selectOption('Authorization code');
    await expect(snippets.pane).toContainText('These keys do not allow a sign-in yet.');
    await expectAccessible(page);
    await snippets.button('Allow it').click();
    await expect(snippets.address).toContainText('/authorize?response_type=code');
    await snippets.field('Scopes').fill('openid');
    await expect(snippets.address).toContainText('scope=openid');
    await takePictures(page, 'signInReady', ['1280x800']);

    const opens = page.waitForEvent('popup');
    await snippets.run.click();
    const tab = await opens;
    await expect(snippets.signIn).toContainText('Waiting for you to sign in in the browser');
    await expectAccessible(page);
    await takePictures(page, 'signInWaiting', ['1280x800']);
    await expect(tab.getByLabel('Username')).toHaveValue('tester');
    await tab.getByLabel('Password').fill('s3cret');
    await tab.keyboard.press('Enter');
    await tab.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect(tab.getByRole('heading')).toHaveText('Signed in');
    await takePicture(tab, 'signInCallback');
    await tab.close();

    await expect(snippets.signIn).toContainText('New: there was no live token for user tester');
    await expect(snippets.run).toBeEnabled();
    await expectAccessible(page);
    await takePictures(page, 'signInDone', ['1280x800']);
    const [issued] = (await keyfob.call('tokens.list', { user: 'tester' })).items;
    expect(issued?.grantType).toBe('authorization_code');
    await expect(snippets.signIn.getByRole('link', { name: `Token ${issued?.id}` })).toBeVisible();
    expect((await snippets.copy('ID token')).split('.')).toHaveLength(3);
    await snippets.button('Introspect it').click();
    await expect(snippets.reply).toContainText(`Token ${issued?.id} is valid for another`);

    // The choice is kept, and the browser is still signed in. A cancelled sign-in leaves nothing.
    await snippets.show('Token');
    await snippets.field('Grant').selectOption('Authorization code');
    const again = page.waitForEvent('popup');
    await snippets.run.click();
    await (await again).close();
    await snippets.button('Cancel').click();
    await expect(snippets.signIn).toBeHidden();
    await keyfob.call('endpoint.stop', {});
    await snippets.run.click();
    await expect(snippets.pane.getByRole('alert')).toContainText('The endpoint is stopped. Start it');
  });
});

test('verifies all device tokens by calls, and names the refused one', async ({ devices, keyfob, page }) => {
  await keyfob.call('devices.mint', { ...tester, device: ['ipad', 'iphone', 'tablet'] });
  await keyfob.call('devices.revoke', { ...tester, device: 'tablet' });
  await expect(devices.retired('tablet')).toContainText('Revoked');
  await devices.press('Alt+v');
  await expect(devices.news).toContainText(/^2 answered 200 · tablet got 401 \(revoked \d\d:\d\d\)/);
  await expect(devices.live('ipad')).toContainText(/answered 200 \(\d\d:\d\d:\d\d\)/);
  await expect(devices.retired('tablet')).toContainText('401');
  await expectAccessible(page);
  await takePictures(page, 'devicesVerified');
});

test("calls the API from a device's row", async ({ devices, snippets, keyfob }) => {
  await keyfob.call('devices.mint', { ...tester, device: ['ipad', 'iphone'] });
  await devices.more('ipad', 'Call the API');
  await expect(snippets.looked).toContainText('ipad');
  await expect(snippets.reply).toContainText('200 OK');
  await expect(snippets.body).toContainText('ipad');
});
