import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, passphrase, test } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { Shell } from './pages/shell.ts';
import { Unlock } from './pages/unlock.ts';

test('keeps a wrong passphrase for correction; the right one opens', async ({ page, shell }) => {
  await shell.press('Mod+l');
  const unlock = new Unlock(page);
  await expect(unlock.heading).toHaveText('Keyfob is locked');
  await expect(unlock.passphrase).toBeFocused();
  await expectAccessible(page);
  await takePictures(page, 'unlock');
  await page.keyboard.type('short');
  await page.keyboard.press('Enter');
  await expect(unlock.passphrase).toHaveAccessibleDescription('Wrong passphrase.');
  const selected = () =>
    unlock.passphrase.evaluate((input: HTMLInputElement) => Number(input.selectionEnd) - Number(input.selectionStart));
  await expect.poll(selected).toBe('short'.length);
  await page.keyboard.type('something else');
  await page.keyboard.press('Enter');
  await expect(unlock.passphrase).toHaveAccessibleDescription(/^Wrong passphrase\.$/);
  await expect(unlock.passphrase).toHaveValue('something else');
  await expect(unlock.passphrase).toBeFocused();
  await expectAccessible(page);
  await takePictures(page, 'unlock-wrong');
  // It is selected, so typing replaces it.
  await page.keyboard.type(passphrase);
  await expect(unlock.passphrase).toHaveAccessibleDescription('');
  await page.keyboard.press('Enter');
  await expect(shell.navigation).toBeVisible();
});

test('a locked window says whether the endpoint keeps serving', async ({ page, keyfob, shell }) => {
  await keyfob.call('settings.write', { port: 0, keepServingWhenLocked: true });
  const { port } = await keyfob.call('endpoint.start', {});
  await shell.press('Mod+l');
  await expect(page.getByText(`The endpoint still answers on port ${port}.`)).toBeVisible();
  await keyfob.call('vault.unlock', { passphrase });
  await expect(shell.navigation).toBeVisible();
  await keyfob.call('settings.write', { keepServingWhenLocked: false });
  await shell.press('Mod+l');
  await expect(page.getByText('The endpoint is stopped while locked.')).toBeVisible();
});

test('locking closes the layers above the screens', async ({ page, keyfob, shell }) => {
  await shell.press('Mod+k');
  await expect(shell.dialog('Command palette')).toBeVisible();
  await keyfob.call('vault.lock', {});
  await expect(shell.heading).toHaveText('Keyfob is locked');
  await expect(shell.dialog('Command palette')).toBeHidden();
  await new Unlock(page).passphrase.fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(shell.navigation).toBeVisible();
  await expect(shell.dialog('Command palette')).toBeHidden();
});

test('locking hides shown secrets', async ({ page, keyfob, shell }) => {
  await keyfob.call('applications.create', { name: 'Shop' });
  const { token } = await keyfob.call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  await page.goto(`${new URL(page.url()).origin}/#/tokens/${token.id}`);
  await page.getByRole('button', { name: 'Show the access token' }).press('Enter');
  await expect(page.getByText(token.accessToken)).toBeVisible();
  await shell.press('Mod+l');
  await expect(shell.heading).toHaveText('Keyfob is locked');
  expect(await page.content()).not.toContain(token.accessToken);
  await keyfob.call('vault.unlock', { passphrase });
  await expect(page.getByRole('button', { name: 'Show the access token' })).toBeVisible();
  await expect(page.getByText(token.accessToken)).toBeHidden();
});

test.describe('with the recovery key', () => {
  test.use({ vault: 'none' });

  test('replaces a forgotten passphrase', async ({ page, keyfob }) => {
    const { recoveryKey } = await keyfob.call('vault.create', { mode: 'passphrase', passphrase });
    await keyfob.call('applications.create', { name: 'Shop' });
    await keyfob.call('vault.lock', {});
    const unlock = new Unlock(page);
    await unlock.open(await keyfob.newUrl());
    await unlock.button('Forgot passphrase? Use recovery key').click();
    await expect(unlock.heading).toHaveText('Use your recovery key');
    await expect(unlock.recoveryKey).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(unlock.recoveryKey).toHaveAccessibleDescription(/30 of 30 letters and digits are missing/);

    const typed = recoveryKey.toLowerCase().replaceAll('0', 'o').replaceAll('-', '  ');
    await unlock.recoveryKey.pressSequentially(typed.replace(/.$/, recoveryKey.endsWith('7') ? '8' : '7'));
    await unlock.passphrase.fill('another passphrase');
    await unlock.again.fill('another passphrase');
    await page.keyboard.press('Enter');
    await expect(unlock.recoveryKey).toHaveAccessibleDescription(/typing error/);
    await expect(unlock.recoveryKey).toBeFocused();
    await expectAccessible(page);
    await takePictures(page, 'recover');
    await unlock.recoveryKey.fill('');
    await unlock.recoveryKey.pressSequentially(typed);
    await expect(unlock.recoveryKey).toHaveValue(recoveryKey);
    await page.keyboard.press('Enter');
    const shell = new Shell(page);
    await expect(shell.navigation).toBeVisible();
    expect(await keyfob.call('vault.status', {})).toMatchObject({ recoveryKey: 'confirmed' });

    await shell.press('Mod+l');
    await unlock.passphrase.fill('another passphrase');
    await page.keyboard.press('Enter');
    await expect(shell.navigation).toBeVisible();
  });

  test('Enter is not lost while the keychain is checked @browser', async ({ page, keyfob }) => {
    const { recoveryKey } = await keyfob.call('vault.create', { mode: 'passphrase', passphrase });
    await keyfob.call('vault.lock', {});
    let answer = () => {};
    const answered = new Promise<void>((done) => {
      answer = done;
    });
    await page.route('**/call', async (route) => {
      if (route.request().postDataJSON().method === 'vault.keychain') await answered;
      await route.continue();
    });
    const unlock = new Unlock(page);
    await unlock.open(await keyfob.newUrl());
    await unlock.button('Forgot passphrase? Use recovery key').click();
    await expect(page.getByText('Looking for a keychain…')).toBeVisible();
    await unlock.recoveryKey.press('Enter');
    await expect(unlock.recoveryKey).toHaveAccessibleDescription(/30 of 30 letters and digits are missing/);
    await unlock.recoveryKey.fill(recoveryKey);
    await page.keyboard.press('Enter');
    await expect(unlock.passphrase).toBeHidden();
    answer();
    await expect(unlock.passphrase).toHaveAccessibleDescription(/at least 8 characters/);
    await expect(unlock.alert).toHaveText([/at least 8 characters/]);
    expect(await keyfob.call('vault.status', {})).toMatchObject({ state: 'locked' });
  });

  test('goes back without changes', async ({ page, keyfob }) => {
    await keyfob.call('vault.create', { mode: 'passphrase', passphrase });
    await keyfob.call('vault.lock', {});
    const unlock = new Unlock(page);
    await unlock.open(await keyfob.newUrl());
    await unlock.button('Forgot passphrase? Use recovery key').click();
    // The caret stays in the middle.
    await unlock.recoveryKey.fill('ABCDE-FGHJK');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('xy');
    await expect(unlock.recoveryKey).toHaveValue('AXYBC-DEFGH-JK');
    await unlock.button('Back').click();
    await expect(unlock.heading).toHaveText('Keyfob is locked');
    await expect(unlock.passphrase).toBeFocused();
  });
});

test.describe('with the keychain', () => {
  test.use({ vault: 'none', keychain: true });

  test('opens automatically with the window, and only on a press after a lock', async ({ page, keyfob }) => {
    await keyfob.call('vault.create', { mode: 'keychain' });
    await keyfob.call('vault.lock', {});
    const shell = new Shell(page);
    await page.goto(await keyfob.newUrl());
    await expect(shell.navigation).toBeVisible();
    await shell.press('Mod+l');
    const unlock = new Unlock(page);
    await expect(unlock.button('Unlock with keychain')).toBeFocused();
    await page.reload();
    await expect(unlock.button('Unlock with keychain')).toBeFocused();
    await expectAccessible(page);
    await takePictures(page, 'unlock-keychain');
    await page.keyboard.press('Enter');
    await expect(shell.navigation).toBeVisible();
  });

  test('reports a lost entry, and the recovery key restores it', async ({ page, keyfob, keyring }) => {
    const { recoveryKey } = await keyfob.call('vault.create', { mode: 'keychain' });
    const { folder } = await keyfob.call('about.read', {});
    await keyfob.call('vault.lock', {});
    const { installationId } = JSON.parse(readFileSync(join(folder, 'vault.json'), 'utf8'));
    const script = `
      import { Entry } from '@napi-rs/keyring';
      new Entry('keyfob', process.argv[1], { linux: { store: 'secret-service' } }).deleteCredential();`;
    execFileSync(process.execPath, ['--input-type=module', '-e', script, installationId], {
      cwd: resolve(import.meta.dirname, '../..'),
      env: { ...process.env, ...keyring?.env },
    });

    const unlock = new Unlock(page);
    await unlock.open(await keyfob.newUrl());
    await expect(unlock.alert).toContainText('is missing');
    await expectAccessible(page);
    await takePictures(page, 'unlock-entryLost');
    await page.keyboard.press('Enter');
    await expect(unlock.recoveryKey).toBeFocused();
    await expect(page.getByRole('radio', { name: "This system's keychain" })).toBeChecked();
    await unlock.recoveryKey.fill(recoveryKey);
    await page.keyboard.press('Enter');
    const shell = new Shell(page);
    await expect(shell.navigation).toBeVisible();
    await shell.press('Mod+l');
    await unlock.button('Unlock with keychain').click();
    await expect(shell.navigation).toBeVisible();
  });
});

test('vault news that leave it open do not reset the window', async ({ shell, page, keyfob }) => {
  await keyfob.call('applications.create', { name: 'Shop' });
  await expect(page.getByText('Shop').first()).toBeVisible();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/call')) asked.push(request.postDataJSON().method);
  });
  const { recoveryKey } = await keyfob.call('vault.newRecoveryKey', { passphrase });
  await keyfob.call('vault.confirmRecoveryKey', { lastGroup: recoveryKey.split('-').at(-1) ?? '' });
  await expect(page.getByText('Save your recovery key')).toBeHidden();
  expect(asked).toContain('vault.status');
  expect(asked).not.toContain('applications.list');

  await keyfob.call('vault.lock', {});
  await expect(shell.heading).toHaveText(/locked/);
  await keyfob.call('vault.unlock', { passphrase });
  await expect(page.getByText('Shop').first()).toBeVisible();
  expect(asked).toContain('applications.list');
});
