import { readFile } from 'node:fs/promises';
import { openShop, postForm } from './harness/endpointCalls.ts';
import { test as base, expect } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { RequestsPage } from './pages/requests.ts';

const test = base.extend<{ readonly requests: RequestsPage }>({
  requests: async ({ shell, page, keyfob }, use) => {
    // Any free port, as specs run in parallel.
    await keyfob.call('settings.write', { port: 0 });
    await expect(shell.navigation).toBeVisible();
    const requests = new RequestsPage(page);
    await requests.show();
    await use(requests);
  },
});

test('offers a command to try before the first request', async ({ requests, page, keyfob }) => {
  await expect(page.getByText('The endpoint is stopped.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Start the endpoint' }).click();
  await expect(page.getByText('The endpoint refuses it, and the reason shows here.')).toBeVisible();
  await takePictures(page, 'requests-curl-refused', ['960x640']);
  const { basic } = await openShop(keyfob);
  const command = page.getByRole('region', { name: 'curl command for Shop' });
  await expect(command).toContainText('--cacert');
  await expect(command).not.toContainText(basic.consumerSecret);
  // Copying includes the secret, so it is masked and not a placeholder.
  await expect(command).toContainText('••••••');
  await expect(command).not.toContainText('YOUR_');
  await expectAccessible(page);
  await takePictures(page, 'requests-curl');
  await page.getByRole('button', { name: 'Copy the curl command for Shop' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(basic.consumerSecret);
  await expect(requests.heading).toHaveText('Requests');
});

test('shows a refused call with its true reason, and turns it into a snippet', async ({ requests, page, keyfob }) => {
  const { tokenUrl, pem, basic } = await openShop(keyfob);
  const form = { grant_type: 'password', username: 'ann', scope: 'device_ipad' };
  const wrong = await postForm(tokenUrl, pem, { ...form, password: 'wrong' }, basic);
  expect(wrong).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  await expect(requests.row('Wrong password.')).toContainText('400');
  const right = await postForm(tokenUrl, pem, { ...form, password: 'right' }, basic);
  expect(right.status).toBe(200);
  await postForm(tokenUrl, pem, { grant_type: 'client_credentials', client_id: 'stranger', client_secret: 'x' });
  await expect(requests.row('No key set has this consumer key.')).toContainText('stranger');
  await expect(requests.row('New: there was no live token')).toContainText('Shop');
  await expectAccessible(page);
  await takePictures(page, 'requests');

  await requests.row('Wrong password.').click();
  await expect(requests.heading).toHaveText('POST /token');
  await expect(requests.reason).toContainText('Wrong password.');
  await expect(page.getByRole('main')).toContainText('invalid_grant: Authentication failed for ann');
  await expect(page.getByRole('link', { name: 'Shop, Sandbox' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'request headers' })).toContainText('POST /token');
  await expect(page.getByRole('region', { name: 'request body' })).toContainText('scope=device_ipad');
  await expect(page.getByRole('region', { name: 'reply body' })).toContainText('"error": "invalid_grant"');
  // Secrets are masked.
  await expect(page.getByRole('main')).not.toContainText(basic.consumerSecret);
  await expect(page.getByRole('region', { name: 'request body' })).not.toContainText('password=wrong');
  await expectAccessible(page);
  await takePictures(page, 'request');
  await page.getByRole('button', { name: 'Newer request' }).click();
  await expect(requests.reason).toContainText('New: there was no live token');
  await page.getByRole('button', { name: 'As a snippet' }).click();
  await expect(requests.snippets).toContainText('device_ipad');
  await expect(requests.snippets).toContainText('username=ann');
  await page.getByRole('button', { name: /^Token \d+$/ }).click();
  await expect(page).toHaveURL(/#\/tokens\/\d+$/);
});

test('filters, and holds the list still while a person reads it', async ({ requests, page, keyfob }) => {
  const { tokenUrl, pem, basic } = await openShop(keyfob);
  const ask = (scope: string) => postForm(tokenUrl, pem, { grant_type: 'client_credentials', scope }, basic);
  await ask('device_first');
  await postForm(tokenUrl, pem, { grant_type: 'password' }, basic);
  await requests.expectCount(2);
  await expect(requests.row('device_first')).toContainText(/\d ms/);
  await requests.press('Mod+f');
  await expect(requests.search).toBeFocused();
  await requests.search.fill('shop PASSWORD');
  await requests.expectCount(1);
  await requests.search.fill('no such request');
  await expect(page.getByText('No results for “no such request”')).toBeVisible();
  await page.getByRole('button', { name: 'Show all requests' }).click();
  await expect(requests.search).toHaveValue('');
  await page.getByLabel('Outcome').selectOption('Refused');
  await requests.expectCount(1);
  await page.getByLabel('Outcome').selectOption('Any outcome');

  await page.getByRole('button', { name: 'Pause' }).click();
  await ask('device_second');
  await expect(requests.waiting).toHaveText('1 new');
  await requests.expectCount(2);
  await page.getByRole('button', { name: 'Paused' }).click();
  await requests.expectCount(3);

  // With the keys: the second row is read, so a new request waits.
  await requests.search.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(requests.row('400')).toBeFocused();
  await ask('device_third');
  await expect(requests.waiting).toHaveText('1 new');
  await takePictures(page, 'requests-waiting', ['960x640']);
  await page.keyboard.press('Enter');
  await expect(requests.heading).toHaveText('POST /token');
  await page.keyboard.press('Escape');
  await expect(requests.row('400')).toBeFocused();
  await requests.waiting.click();
  await requests.expectCount(4);
  await expect(requests.row('device_third')).toBeFocused();

  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByText('No requests yet')).toBeVisible();
  await ask('device_fourth');
  await requests.expectCount(1);
});

test('repeats a request, and exports it as HAR', async ({ requests, page, keyfob }) => {
  const { tokenUrl, pem, basic } = await openShop(keyfob);
  await postForm(tokenUrl, pem, { grant_type: 'client_credentials', scope: 'device_ipad' }, basic);
  await requests.row('New: there was no live token').click();
  await expect(requests.reason).toContainText('New: there was no live token');
  await page.getByRole('button', { name: 'Repeat' }).click();
  await expect(requests.reason).toContainText('Reused');
  await page.getByRole('button', { name: 'Actions for this request' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export as HAR' }).click();
  const { log } = JSON.parse(await readFile(await (await downloading).path(), 'utf8'));
  expect(log.entries).toHaveLength(1);
  await page.getByRole('link', { name: 'Requests' }).last().click();
  await requests.expectCount(2);
  const all = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export HAR' }).click();
  const file = await readFile(await (await all).path(), 'utf8');
  expect(JSON.parse(file).log.entries).toHaveLength(2);
  expect(file).not.toContain(basic.consumerSecret);
});

test('counts the refusals that nobody has seen', async ({ requests, page, keyfob }) => {
  const { tokenUrl, pem, basic } = await openShop(keyfob);
  const link = requests.navigation.getByRole('link', { name: 'Requests' });
  await requests.goTo('Scopes');
  for (const grant_type of ['password', 'implicit']) await postForm(tokenUrl, pem, { grant_type }, basic);
  await expect(link).toHaveAccessibleDescription('2 refusals not seen yet');
  await expectAccessible(page);
  await takePictures(page, 'requestsUnseen', ['960x640']);
  await requests.goTo('Requests');
  await expect(link).toHaveAccessibleDescription('');
});

test('shows the tools that a model called, without what needs an HTTP request', async ({ requests, page, keyfob }) => {
  await openShop(keyfob);
  const log = (tool: string, rest: object) =>
    keyfob.call('requests.addToolCall', { tool, status: 200, durationMs: 12, sent: '{}', answered: '{}', ...rest });
  await log('list_applications', {});
  await log('mint_device_tokens', {
    ...{ application: 'Shop', keyType: 'SANDBOX', user: 'ann' },
    sent: '{"application":"Shop","device":["ipad"]}',
    answered: '{"items":[{"device":"ipad","id":7}]}',
  });
  await log('revoke_token', { status: 404, error: 'not_found', why: 'No token 99.' });
  await requests.expectCount(3);
  await expect(requests.row('list_applications')).toContainText('a model');
  await requests.search.fill('mcp shop');
  await requests.expectCount(1);
  await requests.search.fill('');
  await expectAccessible(page);
  await takePictures(page, 'requests-model', ['960x640']);
  await requests.row('mint_device_tokens').click();
  await expect(requests.heading).toHaveText('MCP mint_device_tokens');
  await expect(page.getByRole('region', { name: 'request body' })).toContainText('ipad');
  await expect(page.getByRole('main')).toContainText('A model called this tool');
  await expect(page.getByRole('button', { name: 'Newer request' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Repeat' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'As a snippet' })).toHaveCount(0);
  await expectAccessible(page);
  await takePictures(page, 'request-model', ['960x640']);
});
