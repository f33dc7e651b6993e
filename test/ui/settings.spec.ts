import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { test as base, expect, passphrase } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { SettingsPage } from './pages/settings.ts';

const test = base.extend<{ settings: SettingsPage }>({
  settings: async ({ page, keyfob }, use) => {
    const settings = new SettingsPage(page);
    await settings.open(await keyfob.newUrl());
    await settings.goTo('Settings');
    await use(settings);
  },
});

/** Checks accessibility and takes a picture, without toasts. */
async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await takePictures(page, name);
}

test('saves lifetimes as they are chosen, and undoes that', async ({ settings, page, keyfob }) => {
  const user = settings.field('Lifetime of user tokens');
  await expect(user).toHaveValue('1 h');
  await look(page, 'settingsLifetimes');

  await page.getByRole('group', { name: 'Usual lifetimes' }).nth(1).getByRole('button', { name: '15 min' }).click();
  await expect(settings.toast('Lifetime of user tokens: 15 min')).toBeVisible();
  expect((await keyfob.call('settings.read', {})).userTokenValiditySeconds).toBe(900);
  await settings.undo('Lifetime of user tokens: 15 min');
  await expect(user).toHaveValue('1 h');
  expect((await keyfob.call('settings.read', {})).userTokenValiditySeconds).toBe(3600);

  await user.fill('90 min');
  await user.press('Enter');
  await expect(settings.toast('Lifetime of user tokens: 1 h 30 min')).toBeVisible();
  await page.getByRole('button', { name: 'Default: 1 h for Lifetime of user tokens' }).click();
  await expect(settings.toast('Lifetime of user tokens: 1 h').last()).toBeVisible();
  await expect(user).toHaveValue('1 h');

  await settings.field('Lifetime of application tokens').fill('never');
  await settings.field('Lifetime of refresh tokens').focus();
  await expect(settings.toast('Lifetime of application tokens: never')).toBeVisible();
  const { applicationTokenValiditySeconds, userTokenValiditySeconds } = await keyfob.call('settings.read', {});
  expect({ applicationTokenValiditySeconds, userTokenValiditySeconds }).toEqual({
    applicationTokenValiditySeconds: -1,
    userTokenValiditySeconds: 3600,
  });
});

test('keeps an invalid lifetime in its field with the reason, and saves nothing', async ({
  settings,
  page,
  keyfob,
}) => {
  const user = settings.field('Lifetime of user tokens');
  await user.fill('soon');
  await user.press('Enter');
  await expect(page.getByText('Not saved: it is still 1 h.')).toBeVisible();
  await expect(user).toHaveValue('soon');
  await look(page, 'settingsLifetimesWrong');
  await settings.section('Clock');
  await expect(settings.toast('Lifetime of user tokens stays 1 h.')).toBeVisible();
  expect((await keyfob.call('settings.read', {})).userTokenValiditySeconds).toBe(3600);
});

test('saves typed text when a shortcut leaves the screen', async ({ settings, keyfob }) => {
  await settings.field('Lifetime of user tokens').fill('2 h');
  await settings.press('Alt+3');
  await expect(settings.toast('Lifetime of user tokens: 2 h')).toBeVisible();
  expect((await keyfob.call('settings.read', {})).userTokenValiditySeconds).toBe(7200);
});

test('follows changes made elsewhere, but not while a person types', async ({ settings, page, keyfob }) => {
  const user = settings.field('Lifetime of user tokens');
  const refresh = settings.field('Lifetime of refresh tokens');
  await user.fill('2 h');
  await keyfob.call('settings.write', { userTokenValiditySeconds: 600, refreshTokenValiditySeconds: 172_800 });
  await expect(refresh).toHaveValue('2 days');
  await expect(page.getByText('Changed to 10 min elsewhere')).toBeVisible();
  await expect(user).toHaveValue('2 h');
  await look(page, 'settingsElsewhere');
  await page.getByRole('button', { name: 'Use 10 min' }).click();
  await expect(user).toHaveValue('10 min');
  expect((await keyfob.call('settings.read', {})).userTokenValiditySeconds).toBe(600);
});

test('keeps typed text while Keyfob does not answer', async ({ settings, page, keyfob, faults }) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
  const user = settings.field('Lifetime of user tokens');
  // Code that is still to load cannot load without a connection.
  await expect(user).toBeVisible();
  await page.context().setOffline(true);
  await user.fill('2 h');
  await user.press('Enter');
  await expect(user).toHaveAccessibleDescription(/Keyfob does not answer/);
  await expect(user).toHaveValue('2 h');
  await page.context().setOffline(false);
  await user.press('Enter');
  await expect(settings.toast('Lifetime of user tokens: 2 h')).toBeVisible();
  expect((await keyfob.call('settings.read', {})).userTokenValiditySeconds).toBe(7200);
});

test('each rule explains its options, and takes effect', async ({ settings, page, keyfob }) => {
  await settings.section('Token rules');
  await look(page, 'settingsRules');
  const choices = [
    ['validity_period=-1 on the wire', 'The default lifetime', { minusOneMeans: 'default' }],
    ['Reuse of never-expiring user tokens', 'Renew it each time', { infiniteUserTokenReuse: false }],
    ['New refresh token with each refresh', 'Keep it', { renewRefreshToken: false }],
    ['Unknown scopes', 'Echo', { scopePolicy: 'echo' }],
    ['Form of sub', 'UUID', { subForm: 'userId' }],
    ["Header of API Manager's JWTs", 'As API Manager', { jwtHeader: 'exact' }],
    ['Logout without a session', 'Refuse it', { repeatedLogout: 'refuse' }],
    ['ID tokens of applications', "The owner's ID token", { idTokenForClientCredentials: true }],
    ['DevPortal REST API', 'Serve it', { devPortal: true }],
    ['Headers that name revoked tokens', 'Leave them out', { revokeHeaders: false }],
  ] as const;
  for (const [setting, position, saved] of choices) {
    await settings.choice(setting, position).click();
    await expect(settings.toast(`${setting}: ${position}`)).toBeVisible();
    expect(await keyfob.call('settings.read', {})).toMatchObject(saved);
    await expect(settings.choice(setting, position)).toBeChecked();
  }
  await settings.undo('Headers that name revoked tokens');
  await expect(settings.choice('Headers that name revoked tokens', 'Send them')).toBeChecked();

  const lifetime = page.getByRole('spinbutton', { name: 'Lifetime of ID tokens' });
  await lifetime.fill('60');
  await lifetime.press('Enter');
  await expect(settings.toast('Lifetime of ID tokens: 1 min')).toBeVisible();
  const skew = page.getByRole('spinbutton', { name: 'Time skew' });
  await skew.press('ArrowUp');
  await skew.press('Enter');
  await expect(settings.toast('Time skew: 60 s')).toBeVisible();
  await skew.fill('4000');
  await skew.blur();
  await expect(skew).toHaveAttribute('aria-invalid', 'true');
  expect((await keyfob.call('settings.read', {})).skewSeconds).toBe(60);
});

test('adds and removes scope patterns one by one', async ({ settings, page, keyfob }) => {
  await settings.section('Token rules');
  const input = settings.field('Scopes allowed without definition');
  await input.fill('read_[a-z]{2,9}');
  await input.press('Enter');
  await expect(page.getByRole('list', { name: 'Scope patterns' })).toContainText('read_[a-z]{2,9}');
  await expect(input).toHaveValue('');
  await input.fill('write_(');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('This is not a valid regular expression')).toBeVisible();
  await expect(input).toHaveValue('write_(');
  expect((await keyfob.call('settings.read', {})).allowedScopePatterns).toEqual(['read_[a-z]{2,9}']);
  await look(page, 'settingsPatterns');
  await input.fill('');
  await page.getByRole('button', { name: 'Remove read_[a-z]{2,9}' }).click();
  await expect(input).toBeFocused();
  await expect.poll(async () => (await keyfob.call('settings.read', {})).allowedScopePatterns).toEqual([]);
});

test('keeps a refused scope pattern in its field, and says so', async ({ settings, page, keyfob }) => {
  await settings.section('Token rules');
  const input = settings.field('Scopes allowed without definition');
  await input.fill('write_(');
  await settings.goTo('Users');
  const told = settings.toast('The scope pattern write_( is not added.');
  await expect(told).toBeVisible();
  await told.getByRole('button', { name: 'Go back' }).click();
  await expect(input).toHaveValue('write_(');
  await expect(page.getByText('This is not a valid regular expression')).toBeVisible();
  await keyfob.call('vault.lock', {});
  await expect(settings.heading).toHaveText(/locked/);
  await keyfob.call('vault.unlock', { passphrase });
  await expect(input).toHaveValue('write_(');
  // The lock left the screen as well.
  await told.getByRole('button', { name: 'Dismiss' }).click();
  await expect(told).toHaveCount(0);
  await input.fill('write_.*');
  await input.press('Enter');
  await expect(input).toHaveValue('');
  await settings.goTo('Users');
  await expect(settings.heading).toHaveText('Users');
  await expect(settings.toast('is not added')).toHaveCount(0);
  expect((await keyfob.call('settings.read', {})).allowedScopePatterns).toEqual(['write_.*']);
});

test('moves the clock in steps and exactly, and shows it everywhere', async ({ settings, page, keyfob }) => {
  await settings.section('Clock');
  await look(page, 'settingsClock');
  await page.getByRole('button', { name: '+1 h' }).click();
  await page.getByRole('button', { name: '+1 h' }).click();
  await page.getByRole('button', { name: '−1 min' }).click();
  await expect(page.getByText('1 h 59 min ahead', { exact: true })).toBeVisible();
  await expect(page.getByText('Clock moved 1 h 59 min ahead.')).toBeVisible();
  await expect.poll(async () => (await keyfob.call('settings.read', {})).clockOffsetSeconds).toBe(7140);
  await expect(settings.toast('Clock offset')).toHaveCount(1);
  // The undo toast disappears after a while: take pictures later.
  await settings.undo('Clock offset');
  await expect(page.getByText('Clock moved 2 h ahead.')).toBeVisible();
  await look(page, 'settingsClockMoved');

  await settings.field('Custom offset').fill('10 days');
  await page.getByRole('radio', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(page.getByText('Clock moved 10 days back.')).toBeVisible();
  expect((await keyfob.call('settings.read', {})).clockOffsetSeconds).toBe(-864_000);

  await settings.field('Custom offset').fill('900 years');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: /3153600000|100 years/ })).toBeVisible();
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(page.getByText('Clock moved 10 days back.')).toBeHidden();
  expect((await keyfob.call('settings.read', {})).clockOffsetSeconds).toBe(0);
});

test('changes the passphrase with a proof of the current one', async ({ settings, page, keyfob }) => {
  await settings.section('Vault');
  await look(page, 'settingsVault');
  const open = page.getByRole('button', { name: 'Change passphrase…' });
  await open.click();
  const dialog = settings.dialog('Change passphrase');
  const change = dialog.getByRole('button', { name: 'Change passphrase' });
  const [now, next, again] = [
    dialog.getByLabel('Current passphrase', { exact: true }),
    dialog.getByLabel('New passphrase', { exact: true }),
    dialog.getByLabel('Repeat new passphrase', { exact: true }),
  ];
  await expect(now).toBeFocused();
  await now.fill(passphrase);
  await next.fill('short');
  await again.fill('other');
  await change.click();
  await expect(dialog.getByText('Use at least 8 characters for the passphrase.')).toBeVisible();
  await expect(dialog.getByText("Passphrases don't match.")).toBeVisible();

  await now.fill('not the passphrase');
  await next.fill('a brand new passphrase');
  await again.fill('a brand new passphrase');
  await change.click();
  await expect(dialog.getByText('Wrong passphrase.')).toBeVisible();
  await expect(now).toBeFocused();
  await look(page, 'settingsPassphrase');

  await now.fill(passphrase);
  await now.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(open).toBeFocused();
  await expect(settings.toast('Passphrase changed')).toBeVisible();
  await expect(keyfob.call('vault.unlock', { passphrase })).rejects.toThrow('Wrong passphrase');
  await keyfob.call('vault.unlock', { passphrase: 'a brand new passphrase' });
});

test('shows a new recovery key once, confirms its end, and opens the vault with it', async ({
  settings,
  page,
  keyfob,
}) => {
  await settings.section('Vault');
  await expect(page.getByText('Recovery key not confirmed.')).toBeVisible();
  const recoveryKey = await settings.makeRecoveryKey(passphrase);
  const dialog = settings.dialog('Save your new recovery key');
  await expect(dialog.getByLabel('Last five characters')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await look(page, 'settingsRecoveryKey');

  const widths = await dialog.getByRole('button', { name: 'Copy the recovery key' }).evaluate(async (button) => {
    const width = () => button.getBoundingClientRect().width;
    const before = width();
    (button as HTMLButtonElement).click();
    while (button.querySelector('[data-shown]')?.textContent !== 'Copied') await new Promise(requestAnimationFrame);
    return { before, after: width() };
  });
  expect(widths.after).toBe(widths.before);
  await expect(page.getByText('Recovery key copied.', { exact: true })).toBeVisible();
  await dialog.getByLabel('Last five characters').fill('00000');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('These are not the last five characters')).toBeVisible();
  await dialog.getByRole('button', { name: 'Skip for now' }).click();
  await expect(page.getByText('Recovery key not confirmed.')).toBeVisible();

  await page.getByRole('button', { name: 'Confirm…' }).click();
  await expectAccessible(page);
  await page.keyboard.type(recoveryKey.slice(-5).toLowerCase());
  await page.keyboard.press('Enter');
  await expect(page.getByText('You confirmed that you have a copy.')).toBeVisible();
  expect((await keyfob.call('vault.status', {})).recoveryKey).toBe('confirmed');

  await keyfob.call('vault.lock', {});
  await keyfob.call('vault.recover', { recoveryKey, mode: 'passphrase', passphrase: 'after the recovery' });
  await keyfob.call('vault.unlock', { passphrase: 'after the recovery' });
});

test('replaces the data key by its passphrase, with a new recovery key, and shows the progress', async ({
  settings,
  page,
  keyfob,
}) => {
  await keyfob.call('applications.create', { name: 'Shop' });
  const { token } = await keyfob.call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  for (let lot = 0; lot < 16; lot += 1) {
    const device = Array.from({ length: 1000 }, (_, at) => `d${lot}-${at}`);
    await keyfob.call('devices.mint', { application: 'Shop', keyType: 'PRODUCTION', device });
  }
  await settings.section('Vault');
  const opener = settings.part('Data key').getByRole('button', { name: 'Replace key…' });
  await opener.press('Enter');
  const ask = settings.dialog('Replace the data key?');
  await expect(ask.getByLabel('Current passphrase', { exact: true })).toBeFocused();
  await look(page, 'settingsDataKey');
  await page.keyboard.type('not the passphrase');
  await page.keyboard.press('Enter');
  await expect(ask.getByText('Wrong passphrase.')).toBeVisible();
  await expect(ask.getByLabel('Current passphrase', { exact: true })).toBeFocused();
  await ask.getByLabel('Current passphrase', { exact: true }).fill('');
  await ask.getByRole('button', { name: 'Replace key' }).click();
  await expect(ask.getByText('Enter the passphrase.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
  expect((await keyfob.call('vault.status', {})).rotation).toBeUndefined();

  await page.keyboard.press('Enter');
  await ask.getByLabel('Current passphrase', { exact: true }).fill(passphrase);
  const progress = page.getByRole('progressbar', { name: 'Encrypting everything again', includeHidden: true });
  // Locators look again only every 100 ms and later; this may take less.
  const shown = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        new MutationObserver(() => {
          if (document.querySelector('progress, [role=progressbar]') !== null) resolve();
        }).observe(document.body, { childList: true, subtree: true });
      }),
  );
  await page.keyboard.press('Enter');
  await shown;
  const dialog = settings.dialog('Save your new recovery key');
  const groups = dialog.getByRole('list').getByRole('listitem');
  await expect(groups).toHaveCount(6);
  const recoveryKey = (await groups.allTextContents()).join('-');
  await dialog.getByLabel('Last five characters').fill(recoveryKey.slice(-5));
  await page.keyboard.press('Enter');
  await expect(settings.toast('Recovery key confirmed')).toBeVisible();
  // On a busy machine 16,000 tokens take longer than a look at the screen.
  await expect(settings.toast('Data key replaced')).toBeVisible({ timeout: 60_000 });
  await expect(progress).toHaveCount(0);
  await expect(opener).toBeFocused();

  const revealed = await keyfob.call('tokens.reveal', { token: token.accessToken });
  expect(revealed.accessToken).toBe(token.accessToken);
  await keyfob.call('vault.lock', {});
  await keyfob.call('vault.recover', { recoveryKey, mode: 'passphrase', passphrase });
});

test("says why the data key can't be replaced, and what to do", async ({ settings, page, keyfob }) => {
  const { id } = await keyfob.call('users.create', { username: 'tester', password: 's3cret' });
  const db = new Database(join((await keyfob.call('about.read', {})).folder, 'keyfob.db'));
  db.prepare('UPDATE users SET password = zeroblob(40) WHERE id = ?').run(id);
  db.close();
  await settings.section('Vault');
  await keyfob.call('vault.rotateDataKey', { passphrase });
  const banner = settings.part('Data key').getByRole('status');
  await expect(banner).toContainText(`users.password of row ${id}. Set those passwords again`);
  await look(page, 'settingsDataKeyStopped');
  await keyfob.call('users.setPassword', { user: 'tester', password: 'another' });
  await keyfob.call('vault.lock', {});
  await keyfob.call('vault.unlock', { passphrase });
  await settings.section('Vault');
  await expect(banner).toHaveCount(0);
});

test('says why without a keychain, and leaves the vault unchanged', async ({ settings, page, keyfob }) => {
  await settings.section('Vault');
  await page.getByRole('button', { name: 'Use the keychain…' }).click();
  const dialog = settings.dialog('Use the keychain');
  await expect(dialog.getByText('No system keychain found.')).toBeVisible();
  await look(page, 'settingsNoKeychain');
  await dialog.getByRole('button', { name: 'Check again' }).click();
  await expect(dialog.getByText('No system keychain found.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect((await keyfob.call('vault.status', {})).mode).toBe('passphrase');
});

test.describe('with a keychain', () => {
  test.use({ keychain: true });

  test('moves the vault into the keychain and back under a passphrase', async ({ settings, page, keyfob }) => {
    await settings.section('Vault');
    await page.getByRole('button', { name: 'Use the keychain…' }).click();
    const toKeychain = settings.dialog('Use the keychain');
    await expect(toKeychain.getByText('Found: Secret Service')).toBeVisible();
    await look(page, 'settingsKeychain');
    await toKeychain.getByRole('button', { name: 'Use keychain' }).click();
    await expect(toKeychain.getByText('Enter the passphrase.')).toBeVisible();
    await expect(toKeychain.locator('input[type="password"]')).toBeFocused();
    await page.keyboard.type(passphrase);
    await page.keyboard.press('Enter');
    await expect(page.getByText("In this system's keychain. Nothing to type")).toBeVisible();
    await expect(settings.toast('The key is in the keychain now.')).toBeVisible();
    await keyfob.call('vault.lock', {});
    await keyfob.call('vault.unlock', {});

    await page.getByRole('button', { name: 'Replace key…' }).click();
    await settings.dialog('Replace the data key?').getByRole('button', { name: 'Replace key' }).click();
    const shown = settings.dialog('Save your new recovery key');
    const groups = shown.getByRole('list').getByRole('listitem');
    await expect(groups).toHaveCount(6);
    const recoveryKey = (await groups.allTextContents()).join('-');
    await shown.getByLabel('Last five characters').fill(recoveryKey.slice(-5));
    await page.keyboard.press('Enter');
    await expect(page.getByText('You confirmed that you have a copy.')).toBeVisible();
    await keyfob.call('vault.lock', {});
    await keyfob.call('vault.unlock', {});

    await page.getByRole('button', { name: 'Use a passphrase…' }).click();
    const toPassphrase = settings.dialog('Use a passphrase');
    // The confirmed recovery key is the proof that the keychain can't give.
    await expect(toPassphrase.getByLabel('Current recovery key')).toBeFocused();
    await page.keyboard.type(recoveryKey.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')));
    await toPassphrase.getByLabel('New passphrase', { exact: true }).fill('another good passphrase');
    await toPassphrase.getByLabel('Repeat new passphrase').fill('something else');
    await page.keyboard.press('Enter');
    await expect(toPassphrase.getByText("Passphrases don't match.")).toBeVisible();
    await look(page, 'settingsToPassphrase');
    await toPassphrase.getByLabel('Repeat new passphrase').fill('another good passphrase');
    await page.keyboard.press('Enter');
    await expect(toPassphrase.getByText('This recovery key has a typing error')).toBeVisible();
    expect((await keyfob.call('vault.status', {})).mode).toBe('keychain');
    await toPassphrase.getByLabel('Current recovery key').fill(recoveryKey);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Under a passphrase. You type it')).toBeVisible();
    await keyfob.call('vault.lock', {});
    await expect(keyfob.call('vault.unlock', {})).rejects.toThrow();
    await keyfob.call('vault.unlock', { passphrase: 'another good passphrase' });
  });
});

test('locks by its settings', async ({ settings, page, keyfob }) => {
  await settings.section('Vault');
  await keyfob.call('settings.write', { port: 0 });
  await keyfob.call('endpoint.start', {});
  const minutes = page.getByRole('spinbutton', { name: 'For this long' });
  await expect(minutes).toHaveValue('15');
  await minutes.fill('0');
  await minutes.press('Enter');
  await expect(page.getByText('Use at least 1 minute, or none to lock only on request.')).toBeVisible();
  await minutes.fill('5');
  await minutes.press('Enter');
  await expect(settings.toast('Lock when idle: 5 minutes')).toBeVisible();
  await page.getByRole('switch', { name: 'Lock when idle' }).press('Space');
  await expect(minutes).toBeHidden();
  expect((await keyfob.call('settings.read', {})).lockAfterIdleMinutes).toBeNull();
  await page.getByRole('switch', { name: 'Lock when idle' }).press('Space');
  await expect(minutes).toHaveValue('15');

  await settings.choice('When locked', 'Keep serving').click();
  await expect.poll(async () => (await keyfob.call('settings.read', {})).keepServingWhenLocked).toBe(true);
  await page.getByRole('button', { name: 'Lock now' }).click();
  await expect(settings.heading).toHaveText(/locked/);
  expect(await keyfob.call('endpoint.status', {})).toMatchObject({ running: true });
});

test('copies the version and data folder', async ({ settings, page, keyfob }) => {
  await keyfob.call('settings.write', { minusOneMeans: 'default', extraNames: ['secret-host.test'] });
  await settings.section('About');
  const { folder, version, node } = await keyfob.call('about.read', {});
  await expect(page.getByText(folder, { exact: true })).toBeVisible();
  await look(page, 'settingsAbout');
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', { name: 'Copy the path of the data folder' }).click();
  await expect.poll(copied).toBe(folder);
  await page.getByRole('button', { name: 'Copy the text for a bug report' }).click();
  await expect.poll(copied).toContain(`Keyfob ${version}`);
  const report = await copied();
  expect(report).toContain(`Node ${node}`);
  expect(report).toContain('minusOneMeans="default", extraNames (changed)');
  expect(report).not.toContain(folder);
  expect(report).not.toContain('secret-host');
});

test('works by keyboard alone', async ({ settings, page, keyfob }) => {
  await settings.press('Mod+,');
  const links = settings.sections.getByRole('link');
  await links.first().focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('Lifetime rules');
  await settings.choice('validity_period=-1 on the wire', 'Never expires').focus();
  // Held until the focus has moved, as a finger does. Only then it chooses.
  await page.keyboard.down('ArrowRight');
  await expect(settings.choice('validity_period=-1 on the wire', 'The default lifetime')).toBeFocused();
  await page.keyboard.up('ArrowRight');
  await expect.poll(async () => (await keyfob.call('settings.read', {})).minusOneMeans).toBe('default');

  await links.filter({ hasText: 'Vault' }).press('Enter');
  const create = page.getByRole('button', { name: 'Create new key…' });
  await create.press('Enter');
  const ask = settings.dialog('Create a recovery key?');
  await expect(ask.getByLabel('Current passphrase', { exact: true })).toBeFocused();
  await page.keyboard.type(passphrase);
  await page.keyboard.press('Enter');
  await expect(settings.dialog('Save your new recovery key')).toBeVisible();
  await page.getByRole('button', { name: 'Skip for now' }).press('Enter');
  await expect(settings.dialog('Save your new recovery key')).toBeHidden();
  await expect(create).toBeFocused();
});
