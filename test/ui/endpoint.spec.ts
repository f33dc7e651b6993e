import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { isNamePermitted } from '../../main/platform/names.ts';
import { certificateFor, occupy, postForm } from './endpointCalls.ts';
import { test as base, expect } from './fixtures.ts';
import type { ServedKeyfob } from './keyfob.ts';
import { expectAccessible, takePictures } from './looks.ts';
import { EndpointPage } from './pages/endpoint.ts';

const test = base.extend<{ readonly endpoint: EndpointPage }>({
  endpoint: async ({ shell, page, keyfob }, use) => {
    // Any free port, as specs run in parallel.
    await keyfob.call('settings.write', { port: 0 });
    await expect(shell.navigation).toBeVisible();
    const endpoint = new EndpointPage(page);
    await endpoint.show();
    await use(endpoint);
  },
});

/** An application with keys and a user. With a running endpoint: its URL and its authority. */
async function openShop({ call }: ServedKeyfob) {
  await call('users.create', { username: 'ann', password: 'right' });
  await call('applications.create', { name: 'Shop' });
  const { consumerKey, consumerSecret } = await call('keys.generate', { application: 'Shop', keyType: 'SANDBOX' });
  const { tokenUrl = '', port = 0 } = await call('endpoint.start', {});
  const { pem } = await call('endpoint.exportCa', {});
  return { tokenUrl, port, pem, basic: { consumerKey, consumerSecret } };
}

test('starts and stops, and shows its address', async ({ endpoint, page, keyfob }) => {
  await expect(endpoint.state).toContainText('Stopped');
  await expect(page.getByText('The endpoint is stopped.')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'endpoint-stopped');
  await endpoint.state.getByRole('button', { name: 'Start' }).click();
  await expect(endpoint.state).toContainText(/Running on https:\/\/localhost:\d+/);
  await expect(endpoint.state).toContainText('Only reachable from this computer.');
  const { tokenUrl, revokeUrl } = await keyfob.call('endpoint.status', {});
  await endpoint.state.getByRole('button', { name: 'Copy the token URL' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(tokenUrl);
  await endpoint.tab('URLs and ports').click();
  await page.getByRole('button', { name: 'Copy the revoke URL' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(revokeUrl);
  await expectAccessible(page);
  await takePictures(page, 'endpoint-addresses');
  await endpoint.state.getByRole('button', { name: 'Stop' }).click();
  await expect(endpoint.state).toContainText('Stopped');
  await expect(endpoint.state.getByRole('button', { name: 'Start' })).toBeFocused();
});

test('offers a command to try before the first request', async ({ endpoint, page, keyfob }) => {
  await keyfob.call('endpoint.start', {});
  await expect(endpoint.state).toContainText('Running on');
  await expect(page.getByText('No requests yet')).toBeVisible();
  await expect(page.getByText('The endpoint refuses it, and the reason shows here.')).toBeVisible();
  await takePictures(page, 'endpoint-curl-refused', ['960x640']);
  const { basic } = await openShop(keyfob);
  const command = page.getByRole('region', { name: 'curl command for Shop' });
  await expect(command).toContainText('--cacert');
  await expect(command).not.toContainText(basic.consumerSecret);
  // Copying includes the secret, so it is masked and not a placeholder.
  await expect(command).toContainText('••••••');
  await expect(command).not.toContainText('YOUR_');
  await expectAccessible(page);
  await takePictures(page, 'endpoint-curl');
  await page.getByRole('button', { name: 'Copy the curl command for Shop' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(basic.consumerSecret);
});

test('shows a refused call with its true reason, and turns it into a snippet', async ({ endpoint, page, keyfob }) => {
  const { tokenUrl, pem, basic } = await openShop(keyfob);
  const form = { grant_type: 'password', username: 'ann', scope: 'device_ipad' };
  const wrong = await postForm(tokenUrl, pem, { ...form, password: 'wrong' }, basic);
  expect(wrong).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  await expect(endpoint.row('Wrong password.')).toContainText('400');
  const right = await postForm(tokenUrl, pem, { ...form, password: 'right' }, basic);
  expect(right.status).toBe(200);
  await postForm(tokenUrl, pem, { grant_type: 'client_credentials', client_id: 'stranger', client_secret: 'x' });
  await expect(endpoint.row('No key set has this consumer key.')).toContainText('stranger');
  await expect(endpoint.row('New: there was no live token')).toContainText('Shop');
  await expectAccessible(page);
  await takePictures(page, 'endpoint-requests');

  await endpoint.row('Wrong password.').click();
  await expect(endpoint.detail).toContainText('invalid_grant: Authentication failed for ann');
  await expect(endpoint.detail.getByRole('link', { name: 'Shop, Sandbox' })).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'endpoint-request');
  await endpoint.row('New: there was no live token').click();
  await endpoint.detail.getByRole('button', { name: 'As a snippet' }).click();
  await expect(endpoint.snippets).toContainText('device_ipad');
  await expect(endpoint.snippets).toContainText('username=ann');
  await endpoint.detail.getByRole('button', { name: /^Token \d+$/ }).click();
  await expect(page).toHaveURL(/#\/tokens\/\d+$/);
});

test('filters refusals, pauses, and clears the list', async ({ endpoint, page, keyfob }) => {
  const { tokenUrl, pem, basic } = await openShop(keyfob);
  const ask = (scope: string) => postForm(tokenUrl, pem, { grant_type: 'client_credentials', scope }, basic);
  await ask('device_first');
  await postForm(tokenUrl, pem, { grant_type: 'password' }, basic);
  await expect(endpoint.requests).toHaveAttribute('aria-rowcount', '3');
  await expect(endpoint.row('device_first')).toContainText(/\d ms/);
  const search = page.getByRole('searchbox', { name: 'Search the requests' });
  await search.fill('shop PASSWORD');
  await expect(endpoint.requests).toHaveAttribute('aria-rowcount', '2');
  await search.fill('no such request');
  await expect(page.getByText('No results for “no such request”')).toBeVisible();
  await page.getByRole('button', { name: 'Show all requests' }).click();
  await expect(search).toHaveValue('');
  await page.getByRole('button', { name: 'Refusals only' }).click();
  await expect(endpoint.requests).toHaveAttribute('aria-rowcount', '2');
  await page.getByRole('button', { name: 'Refusals only' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await ask('device_second');
  await expect.poll(async () => (await keyfob.call('requests.list', {})).items.length).toBe(3);
  await expect(page.getByText('2 shown, paused')).toBeVisible();
  await page.getByRole('button', { name: 'Paused' }).click();
  await expect(page.getByText('3 shown, newest first')).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByText('No requests since the list was cleared')).toBeVisible();
  await expectAccessible(page);
  await ask('device_third');
  await expect(endpoint.row('device_third')).toBeVisible();
  await expect(page.getByText('1 shown, newest first')).toBeVisible();

  const link = endpoint.navigation.getByRole('link', { name: 'Endpoint' });
  await endpoint.goTo('Scopes');
  for (const grant_type of ['password', 'implicit']) await postForm(tokenUrl, pem, { grant_type }, basic);
  await expect(link).toHaveAccessibleDescription('2 refusals not seen yet');
  await expectAccessible(page);
  await takePictures(page, 'endpointRefusalsUnseen', ['960x640']);
  await endpoint.goTo('Endpoint');
  await expect(link).toHaveAccessibleDescription('');
});

test('names a taken port and offers a free one', async ({ endpoint, page, keyfob }) => {
  const other = await occupy();
  try {
    await keyfob.call('settings.write', { port: other.port });
    await endpoint.state.getByRole('button', { name: 'Start' }).click();
    const note = page.getByRole('alert').filter({ hasText: 'The endpoint did not start.' });
    await expect(note).toContainText(`Port ${other.port} is in use by another program`);
    await expectAccessible(page);
    await takePictures(page, 'endpoint-taken');
    const use = note.getByRole('button', { name: /^Use port \d+$/ });
    const free = Number((await use.textContent())?.replace(/\D/g, ''));
    await use.click();
    await expect(endpoint.state).toContainText(`Running on https://localhost:${free}`);
    await expect(note).toBeHidden();
    expect((await keyfob.call('settings.read', {})).port).toBe(free);

    await endpoint.tab('URLs and ports').click();
    await page.getByLabel('HTTPS port').fill('99999');
    await expect(page.getByText('Enter a port from 0')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save and restart' })).toBeDisabled();
    await page.getByLabel('HTTPS port').fill(String(other.port));
    await page.getByRole('button', { name: 'Save and restart' }).click();
    await expect(page.getByRole('alert').filter({ hasText: `It runs on port ${free} as before.` })).toBeVisible();
    expect((await keyfob.call('settings.read', {})).port).toBe(free);
    expect((await keyfob.call('endpoint.status', {})).port).toBe(free);
  } finally {
    await other.close();
  }
  // The port is free now.
  await page.getByRole('button', { name: 'Save and restart' }).click();
  await expect(endpoint.state).toContainText(`Running on https://localhost:${other.port}`);
  expect((await keyfob.call('settings.read', {})).port).toBe(other.port);
});

test('turns on plain HTTP with one tick', async ({ endpoint, page, keyfob }) => {
  await keyfob.call('endpoint.start', {});
  await endpoint.tab('URLs and ports').click();
  await page.getByRole('checkbox', { name: 'Plain HTTP as well' }).click();
  await page.getByLabel('HTTP port').fill('0');
  await takePictures(page, 'endpoint-http', ['960x640']);
  await page.getByRole('button', { name: 'Save and restart' }).click();
  await expect(page.getByRole('button', { name: 'Copy the HTTP token URL' })).toBeVisible();
  const { httpTokenUrl = '' } = await keyfob.call('endpoint.status', {});
  const answer = await fetch(httpTokenUrl, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  expect(answer.status).toBe(401);
  await endpoint.tab('Requests').click();
  await expect(endpoint.row('The request had no consumer key and secret.')).toBeVisible();
});

test('copies, downloads and explains the authority for each system', async ({ endpoint, page, keyfob }) => {
  await keyfob.call('endpoint.start', {});
  await endpoint.tab('Certificate and trust').click();
  const { pem, fingerprintSha256, caFile } = await keyfob.call('endpoint.exportCa', {});
  expect(pem).toBe(readFileSync(caFile, 'utf8'));
  await page.getByRole('button', { name: 'Copy the PEM' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(pem);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe('ca.pem');
  expect(await readFile(await file.path(), 'utf8')).toBe(pem);
  await expect(page.getByText(fingerprintSha256)).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'endpoint-certificate');
  await expect(page.getByText(`sudo cp ${caFile} /usr/local/share/ca-certificates/keyfob.crt`)).toBeVisible();
  for (const [system, command] of [
    ['Fedora, RHEL', `sudo cp ${caFile} /etc/pki/ca-trust/source/anchors/keyfob.pem`],
    ['macOS', `/Library/Keychains/System.keychain ${caFile}`],
    ['Windows', 'certutil -user -addstore Root ca.pem'],
    ['Firefox, Chromium', `-A -t C,, -n 'Keyfob CA' -i ${caFile}`],
    ['curl', `curl --cacert ${caFile} https://localhost:`],
    ['Node, Python', `export NODE_EXTRA_CA_CERTS=${caFile}`],
    ['Java', `-cacerts -storepass changeit -file ${caFile}`],
    ['Android, iOS', `adb push ${caFile}`],
  ] as const) {
    await endpoint.tab(system).click();
    await expect(page.getByText(command).first()).toBeVisible();
  }
  await endpoint.tab('Firefox, Chromium').click();
  await expectAccessible(page);
  await page.getByRole('region', { name: 'Set up trust' }).scrollIntoViewIfNeeded();
  await takePictures(page, 'endpoint-trust');
});

test('adds a name to the certificate at once, and refuses impossible names', async ({ endpoint, page, keyfob }) => {
  const { port, pem } = await openShop(keyfob);
  await expect(certificateFor(port, pem, 'phone.test')).rejects.toThrow(/altnames/);
  await endpoint.tab('Certificate and trust').click();
  const names = page.getByRole('combobox', { name: 'Names and addresses' });
  await names.fill('shop.example.com ');
  await expect(page.getByText('This opens the endpoint beyond this machine.')).toBeVisible();
  await page.getByRole('button', { name: 'Save names' }).click();
  await expect(page.getByText(/cannot issue a certificate for shop\.example\.com/)).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'endpoint-names');
  await page.getByRole('button', { name: 'Remove shop.example.com' }).click();
  await names.fill('phone.test ');
  await names.press('ArrowDown');
  await page.getByRole('option', { name: /10\.0\.2\.2/ }).click();
  await page.getByRole('button', { name: 'Save names' }).click();
  await expect(endpoint.toast('The names are saved.')).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: 'phone.test' })).toContainText('10.0.2.2');
  const { subjectaltname } = await certificateFor(port, pem, 'phone.test');
  expect(subjectaltname).toBe(
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:phone.test, IP Address:10.0.2.2',
  );
  expect((await keyfob.call('settings.read', {})).extraNames).toEqual(['phone.test', '10.0.2.2']);
});

/** A private address of this machine. Nearly every machine has one. */
const ownAddress = Object.values(networkInterfaces())
  .flat()
  .map((at) => (at?.internal === false && !at.address.startsWith('fe80') ? at.address : ''))
  .find((address) => address !== '' && isNamePermitted(address));

test("does not save a name that the endpoint can't answer to, and says why", async ({ endpoint, page, keyfob }) => {
  const address = ownAddress ?? '';
  // Without one, the endpoint's own tests use a made-up address.
  if (address === '') return;
  const { port } = await openShop(keyfob);
  const other = createServer();
  await new Promise<void>((done) => other.listen({ port, host: address, ipv6Only: true }, done));
  await endpoint.tab('Certificate and trust').click();
  await page.getByRole('combobox', { name: 'Names and addresses' }).fill(`${address} `);
  await page.getByRole('button', { name: 'Save names' }).click();
  await expect(page.getByText(`Port ${port} of ${address} is in use by another program`)).toBeVisible();
  expect((await keyfob.call('settings.read', {})).extraNames).toEqual([]);
  await new Promise((done) => other.close(done));
  await page.getByRole('button', { name: 'Save names' }).click();
  await expect(endpoint.toast('The names are saved.')).toBeVisible();
  expect((await keyfob.call('endpoint.status', {})).addresses).toContain(address);
});

test('keeps typed names and ports until the person returns', async ({ endpoint, page }) => {
  await endpoint.tab('URLs and ports').click();
  await page.getByLabel('HTTPS port').fill('9443');
  await endpoint.tab('Certificate and trust').click();
  await expect(endpoint.toast("The endpoint's ports aren't saved.")).toBeVisible();
  await page.getByRole('combobox', { name: 'Names and addresses' }).fill('phone.test ');
  await endpoint.goTo('Users');
  await endpoint.toast("The endpoint's names aren't saved.").getByRole('button', { name: 'Go back' }).click();
  await expect(page.getByRole('button', { name: 'Remove phone.test' })).toBeVisible();
  await page.getByRole('button', { name: 'Discard' }).click();
  await endpoint.tab('URLs and ports').click();
  await expect(page.getByLabel('HTTPS port')).toHaveValue('9443');
});

test('works by keyboard', async ({ endpoint, page, keyfob }) => {
  await endpoint.press('Mod+Enter');
  await expect(endpoint.state).toContainText('Running on');
  const { tokenUrl, pem, basic } = await openShop(keyfob);
  await postForm(tokenUrl, pem, { grant_type: 'password', username: 'bob', password: 'x' }, basic);
  const row = endpoint.row('This user does not exist.');
  await expect(row).toBeVisible();
  await endpoint.tab('Requests').focus();
  await page.keyboard.press('ArrowRight');
  await expect(endpoint.tab('URLs and ports')).toBeFocused();
  await expect(page.getByLabel('HTTPS port')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(row).toBeVisible();
  while (!(await row.evaluate((element) => element === document.activeElement))) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(endpoint.detail).toContainText('This user does not exist.');
  while (
    !(await endpoint.detail
      .getByRole('button', { name: 'Close the request' })
      .evaluate((element) => element === document.activeElement))
  ) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(endpoint.detail).toBeHidden();
  await expect(row).toBeFocused();
});
