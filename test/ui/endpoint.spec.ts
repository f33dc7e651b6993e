import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { isNamePermitted } from '../../main/platform/certificates/names.ts';
import { certificateFor, occupy, openShop } from './harness/endpointCalls.ts';
import { test as base, expect } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
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

test('starts and stops, and shows its address', async ({ endpoint, page, keyfob }) => {
  await expect(endpoint.state).toContainText('Stopped');
  await expect(page.getByRole('main').getByText('No requests yet.')).toBeVisible();
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
  await keyfob.call('settings.write', { devPortal: true });
  await page.getByRole('button', { name: 'Copy the DevPortal URL' }).click();
  const portalUrl = revokeUrl?.replace('/revoke', '/api/am/devportal/v3');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(portalUrl);
  await expectAccessible(page);
  await page.getByRole('combobox', { name: 'Host name of the issuer' }).selectOption('127.0.0.1');
  await expect(
    page.getByRole('definition').filter({ hasText: /^https:\/\/127\.0\.0\.1:\d+\/oauth2\/token/ }),
  ).toBeVisible();
  expect((await keyfob.call('settings.read', {})).issuerHost).toBe('127.0.0.1');
  await takePictures(page, 'endpoint-addresses');
  await endpoint.state.getByRole('button', { name: 'Stop' }).click();
  await expect(endpoint.state).toContainText('Stopped');
  await expect(endpoint.state.getByRole('button', { name: 'Start' })).toBeFocused();
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
  await expect(page.getByText('Last request: POST /token, 401')).toBeVisible();
  await page.getByRole('link', { name: 'See all requests' }).click();
  await expect(page).toHaveURL(/#\/requests$/);
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

test('works by keyboard', async ({ endpoint, page }) => {
  await endpoint.press('Mod+Enter');
  await expect(endpoint.state).toContainText('Running on');
  await endpoint.tab('URLs and ports').focus();
  await page.keyboard.press('ArrowRight');
  await expect(endpoint.tab('Certificate and trust')).toBeFocused();
  await expect(page.getByRole('button', { name: 'Copy the PEM' })).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByLabel('HTTPS port')).toBeVisible();
});

test('lists the signing keys, and rotates one', async ({ endpoint, page, keyfob }) => {
  await endpoint.tab('Signing keys').click();
  const rows = page.getByRole('grid', { name: 'Signing keys' }).getByRole('row');
  await expect(rows.filter({ hasText: 'signing' })).toHaveCount(2);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Rotate ES256' }).click();
  await expect(endpoint.toast('A new ES256 key signs now.')).toBeVisible();
  await expect(rows.filter({ hasText: 'retired' })).toContainText('no longer');
  const { items } = await keyfob.call('signingKeys.list', {});
  expect(items.map(({ algorithm, state }) => `${algorithm} ${state}`).sort()).toEqual([
    'ES256 retired',
    'ES256 signing',
    'RS256 signing',
  ]);
  await expect(rows.filter({ hasText: items[0]?.kid ?? 'none' })).toContainText('until its rotation');
  await takePictures(page, 'endpoint-signingKeys');
});
