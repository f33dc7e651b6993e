import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, passphrase, test } from './harness/fixtures.ts';
import type { ServedKeyfob } from './harness/keyfob.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { ContextBar } from './pages/context.ts';
import { FirstStart } from './pages/firstStart.ts';
import { Shell } from './pages/shell.ts';

test.use({ vault: 'none' });

const run = promisify(execFile);

async function begin(page: Page, keyfob: ServedKeyfob): Promise<FirstStart> {
  const first = new FirstStart(page);
  await first.open(await keyfob.newUrl());
  return first;
}

/** Goes to the third step, with the endpoint on its own port. */
async function toApplication(page: Page, keyfob: ServedKeyfob): Promise<FirstStart> {
  const first = await begin(page, keyfob);
  await first.protect(passphrase);
  await keyfob.call('settings.write', { port: 0 });
  await first.button('Skip for now').click();
  await first.button('Start the endpoint').click();
  await expect(first.heading).toHaveText('Your first application');
  return first;
}

/** Runs a copied command in a real shell. */
async function answerOf(command: string): Promise<Record<string, unknown>> {
  const { stdout } = await run('bash', ['-c', command]);
  return JSON.parse(stdout);
}

test('leads by keyboard from nothing to three device tokens and a working command', async ({ page, keyfob }) => {
  const first = await begin(page, keyfob);
  const { keyboard } = page;
  await expect(first.passphrase).toBeFocused();
  await keyboard.type(passphrase);
  await first.tabTo(first.again);
  await keyboard.type(passphrase);
  await keyboard.press('Enter');

  await expect(first.lastGroup).toBeFocused();
  const groups = await first.recoveryGroups();
  expect(groups.join('-')).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}$/);
  await keyfob.call('settings.write', { port: 0 });
  await keyboard.type(` ${(groups[5] ?? '').toLowerCase()}`);
  await keyboard.press('Enter');
  await expect(first.step).toHaveText(/Start the endpoint/);
  expect(await keyfob.call('vault.status', {})).toMatchObject({ recoveryKey: 'confirmed', mode: 'passphrase' });

  await expect(first.button('Start the endpoint')).toBeFocused();
  await keyboard.press('Enter');
  await expect(first.choice('Use a sample')).toBeFocused();
  await keyboard.press('Enter');

  await expect(first.heading).toHaveText('Keyfob is ready');
  await expect(first.button('Copy the command')).toBeFocused();
  await keyboard.press('Enter');
  await expect(first.toast('copied')).toBeVisible();
  const command = await first.copied();
  const answer = await answerOf(command);
  expect(answer).toMatchObject({ token_type: 'Bearer', scope: 'device_ipad' });
  const again = await answerOf(command);
  expect(again.access_token).toBe(answer.access_token);

  const { items } = await keyfob.call('devices.list', { application: 'Shop', keyType: 'PRODUCTION' });
  expect(items.map(({ device, user, state }) => [device, user, state])).toEqual([
    ['pixel', 'tester', 'ACTIVE'],
    ['iphone', 'tester', 'ACTIVE'],
    ['ipad', 'tester', 'ACTIVE'],
  ]);
  const { accessToken } = await keyfob.call('tokens.reveal', { token: String(items[2]?.id) });
  expect(accessToken).toBe(answer.access_token);

  await first.tabTo(first.button('Go to Shop'));
  await keyboard.press('Enter');
  const shell = new Shell(page);
  await expect(shell.navigation).toBeVisible();
  await expect(page).toHaveURL(/#\/applications\/1\/production$/);
  // The new application is in the context, and a reload keeps it.
  const context = new ContextBar(page);
  await expect(context.picker('Device')).toHaveText('ipad');
  await page.reload();
  await expect(context.picker('Application')).toHaveText('Shop');
  await expect(context.picker('User')).toHaveText('tester');
  await expect(context.picker('Device')).toHaveText('ipad');
});

test('adds the sample in four presses', async ({ page, keyfob }) => {
  const first = await begin(page, keyfob);
  await first.passphrase.fill(passphrase);
  await first.again.fill(passphrase);
  let presses = 0;
  const press = async (name: string) => {
    presses += 1;
    await first.button(name).click();
  };
  await press('Protect and continue');
  await expect(first.heading).toHaveText('Save your recovery key');
  await keyfob.call('settings.write', { port: 0 });
  await press('Skip for now');
  await press('Start the endpoint');
  await press('Create sample');
  await expect(first.command).toContainText('--cacert');
  expect(presses).toBe(4);
  await expect(first.command).not.toContainText('<');
  const { password } = await keyfob.call('users.reveal', { user: 'tester' });
  await expect(first.command).toContainText(password);

  await first.button('Run it here').click();
  await expect(first.reply).toContainText('200 OK');
  await expect(first.reply).toContainText('Reused: token');
  await page.getByRole('radio', { name: 'Call the API with it' }).click();
  await expect(first.command).toContainText('/echo/1.0/');
  await first.button('Run it here').click();
  await expect(first.reply).toContainText('"device": "ipad"');
  await expectAccessible(page);
  await takePictures(page, 'firstStartRun', ['1280x800']);
});

test('each step looks as it should', async ({ page, keyfob }) => {
  const first = await begin(page, keyfob);
  const look = async (name: string) => {
    await expectAccessible(page);
    await takePictures(page, `firstStart-${name}`);
    // At 200 % zoom nothing overflows on the right.
    await page.setViewportSize({ width: 640, height: 400 });
    await expect.poll(() => page.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth)).toBe(0);
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  await look('1-protect');
  await first.button('Protect and continue').click();
  await expect(page.getByText('Use at least 8 characters for the passphrase.')).toBeVisible();
  await look('1-protect-faults');
  await first.protect(passphrase);
  await look('1-recoveryKey');
  await first.lastGroup.fill('AAAAA');
  await first.button('Confirm').click();
  await expect(page.getByRole('alert')).toContainText('not the last five characters');
  await keyfob.call('settings.write', { port: 0 });
  await first.button('Skip for now').click();
  await expect(first.button('Start the endpoint')).toBeVisible();
  await look('2-serve');
  await first.button('Start the endpoint').click();
  await expect(first.choice('Use a sample')).toBeVisible();
  await look('3-application');
  await first.choice('My own').click();
  await expect(first.name).toBeVisible();
  await look('3-application-own');
  await first.choice('Use a sample').click();
  await first.button('Create sample').click();
  await expect(first.command).toContainText('--cacert');
  await look('4-ready');
  await page.setViewportSize({ width: 640, height: 400 });
  await first.button('Go to Shop').click();
  await expect(new Shell(page).navigation).toBeVisible();
});

test('shows errors next to their fields', async ({ page, keyfob }) => {
  const first = await begin(page, keyfob);
  await first.passphrase.fill('short');
  await first.again.fill('other');
  await page.keyboard.press('Enter');
  await expect(first.passphrase).toHaveAccessibleDescription(/at least 8 characters/);
  await expect(first.again).toHaveAccessibleDescription("Passphrases don't match.");
  await first.passphrase.fill(passphrase);
  await first.again.fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(first.heading).toHaveText('Save your recovery key');
  await first.button('Confirm').click();
  await expect(first.lastGroup).toHaveAccessibleDescription(/or skip for now/);
});

test('says why without a keychain, and checks again on demand', async ({ page, keyfob }) => {
  const first = await begin(page, keyfob);
  await expect(first.choice("This system's keychain")).toBeDisabled();
  await expect(first.choice("This system's keychain")).toHaveAccessibleDescription(
    /^No system keychain found\. On Linux, start gnome-keyring or KWallet, or use a passphrase\.$/,
  );
  await expect(first.choice('A passphrase')).toBeChecked();
  await page.getByText('Details', { exact: true }).click();
  await expect(page.getByText(/DBus/)).toBeVisible();
  await first.button('Check again').click();
  await expect(first.choice("This system's keychain")).toHaveAccessibleDescription(
    /^No system keychain found\. On Linux, start gnome-keyring or KWallet, or use a passphrase\.$/,
  );
});

test('names a taken port, offers a free one, and keeps it', async ({ page, keyfob }) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    const first = await begin(page, keyfob);
    await first.protect(passphrase);
    await keyfob.call('settings.write', { port });
    await first.button('Skip for now').click();
    await expect(page.getByText(`https://localhost:${port}/token`)).toBeVisible();
    await first.button('Start the endpoint').click();
    await expect(page.getByRole('alert')).toContainText(`Port ${port} is in use by another program`);
    await expectAccessible(page);
    await takePictures(page, 'firstStart-2-takenPort');
    await page.keyboard.press('Enter');
    await expect(first.heading).toHaveText('Your first application');
    const { port: now } = await keyfob.call('settings.read', {});
    expect(now).not.toBe(port);
    expect(await keyfob.call('endpoint.status', {})).toMatchObject({ running: true, port: now });
  } finally {
    taken.close();
  }
});

test('an own application ends at its application token', async ({ page, keyfob }) => {
  const first = await toApplication(page, keyfob);
  await keyfob.call('applications.create', { name: 'Taken' });
  await page.keyboard.down('ArrowDown');
  await expect(first.choice('My own')).toBeChecked();
  await page.keyboard.up('ArrowDown');
  await first.tabTo(first.name);
  await page.keyboard.press('Enter');
  await expect(first.name).toHaveAccessibleDescription(/must not be empty/);
  await first.name.fill('Taken');
  await page.keyboard.press('Enter');
  await expect(first.name).toHaveAccessibleDescription(/already exists\. Choose another name/);
  await first.name.fill('x'.repeat(100));
  await expect(page.getByText('Maximum: 100 characters.')).toBeVisible();
  await first.name.fill('Billing');
  await expect(page.getByText('Maximum: 100')).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(first.heading).toHaveText('Keyfob is ready');
  await first.button('Copy the command').click();
  await expect(first.toast('copied')).toBeVisible();
  expect(await answerOf(await first.copied())).toMatchObject({ scope: 'am_application_scope default' });
  await page.getByRole('link', { name: /Device tokens/ }).click();
  await expect(new Shell(page).heading).toHaveText('Device tokens');
});

test('a reload resumes at the same step', async ({ page, keyfob }) => {
  const first = await begin(page, keyfob);
  await first.protect(passphrase);
  const shown = await first.recoveryGroups();
  await page.reload();
  await expect(first.heading).toHaveText('Did you save your recovery key?');
  await expect(page.getByText(shown[0] ?? '')).toBeHidden();
  await takePictures(page, 'firstStart-1-recoveryKeyAgain');
  await first.button('Create new key').click();
  const current = page.getByLabel('Current passphrase', { exact: true });
  await expect(current).toBeFocused();
  await current.fill('not the passphrase');
  await first.button('Create new key').click();
  await expect(current).toHaveAccessibleDescription(/Wrong passphrase\./);
  await current.fill(passphrase);
  await first.button('Create new key').click();
  await expect(first.heading).toHaveText('Save your recovery key');
  const groups = await first.recoveryGroups();
  expect(groups).not.toEqual(shown);
  await first.lastGroup.fill(groups[5] ?? '');
  await page.keyboard.press('Enter');
  await expect(first.step).toHaveText(/Start the endpoint/);

  await page.reload();
  await expect(first.step).toHaveText(/Start the endpoint/);
  await keyfob.call('settings.write', { port: 0 });
  await keyfob.call('endpoint.start', {});
  await expect(first.heading).toHaveText('Endpoint is running');
  await first.button('Continue').click();
  await expect(first.step).toHaveText(/First application/);
  await page.reload();
  await expect(first.step).toHaveText(/First application/);
  await first.button('Back').click();
  await expect(first.heading).toHaveText('Endpoint is running');
  await first.button('Continue').click();
  await first.button('Create sample').click();
  await expect(first.heading).toHaveText('Keyfob is ready');
  await page.reload();
  await expect(first.command).toContainText('--cacert');
  await expect(first.button('Go to Shop')).toBeVisible();
});

test('names skipped steps at the end, and completes them there', async ({ page, keyfob }) => {
  const first = await begin(page, keyfob);
  await first.protect(passphrase);
  await keyfob.call('settings.write', { port: 0 });
  await first.button('Skip for now').click();
  await first.button('Later').click();
  await first.button('Create sample').click();
  await expect(page.getByText('The endpoint is stopped')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'firstStart-4-ready-stopped');
  await first.button('Start the endpoint').click();
  await expect(page.getByText('The endpoint is stopped')).toBeHidden();
  const { port } = await keyfob.call('endpoint.status', {});
  await expect(first.command).toContainText(`localhost:${port}/token`);
});

test('can be skipped, and does not return', async ({ page, keyfob }) => {
  const first = await toApplication(page, keyfob);
  await first.button('Skip').click();
  const shell = new Shell(page);
  await expect(shell.heading).toHaveText('Applications');
  await page.reload();
  await expect(shell.navigation).toBeVisible();
});

test("hides the command's secrets when the window loses the focus, and still copies them", async ({ page, keyfob }) => {
  const first = await toApplication(page, keyfob);
  await first.button('Create sample').click();
  await expect(first.heading).toHaveText('Keyfob is ready');
  const { password } = await keyfob.call('users.reveal', { user: 'tester' });
  await expect(first.command).toContainText(password);
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect(first.command).not.toContainText(password);
  await expect(first.command).toContainText('username=tester');
  await expect(first.command).toContainText('••••••');
  await expect(first.command).not.toContainText('YOUR_');
  await first.button('Copy the command').click();
  await expect(first.toast('copied')).toBeVisible();
  expect(await first.copied()).toContain(password);
  await first.button('Show the secrets').click();
  await expect(first.command).toContainText(password);
  await page.getByLabel('Shell').selectOption('PowerShell 7');
  await expect(first.command).toContainText('curl.exe');
  await expect(page.getByText('On macOS and Linux, use curl')).toBeVisible();
  await page.getByRole('button', { name: 'Copy the token of iphone' }).click();
  const { items } = await keyfob.call('devices.list', { application: 'Shop', keyType: 'PRODUCTION' });
  const { accessToken } = await keyfob.call('tokens.reveal', { token: String(items[1]?.id) });
  await expect.poll(() => first.copied()).toBe(accessToken);
});

test("hides the command's secrets while locked, and resumes after unlocking", async ({ page, keyfob }) => {
  const first = await toApplication(page, keyfob);
  await first.button('Create sample').click();
  await expect(first.heading).toHaveText('Keyfob is ready');
  const { password } = await keyfob.call('users.reveal', { user: 'tester' });
  await expect(first.command).toContainText(password);
  await keyfob.call('vault.lock', {});
  await expect(first.heading).toHaveText('Keyfob is locked');
  expect(await page.content()).not.toContain(password);
  await keyfob.call('vault.unlock', { passphrase });
  await expect(first.heading).toHaveText('Keyfob is ready');
});

test.describe('with a keychain', () => {
  test.use({ keychain: true });

  test('needs no passphrase: Enter goes through', async ({ page, keyfob }) => {
    const first = await begin(page, keyfob);
    const choice = first.choice("This system's keychain");
    await expect(choice).toBeFocused();
    await expect(choice).toHaveAccessibleDescription(/Secret Service keeps the key/);
    await expectAccessible(page);
    await takePictures(page, 'firstStart-1-keychain');
    await page.keyboard.press('Enter');
    await expect(first.lastGroup).toBeFocused();
    expect(await keyfob.call('vault.status', {})).toMatchObject({ state: 'unlocked', mode: 'keychain' });
  });
});
