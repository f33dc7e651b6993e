import { test as base, expect, passphrase } from './harness/fixtures.ts';
import { SettingsPage } from './pages/settings.ts';
import { Shell } from './pages/shell.ts';

/** The vault's section, in a page whose clock the spec moves. `advanceSeconds` moves the machine's clock. */
const test = base.extend<{ settings: SettingsPage }>({
  settings: async ({ page, keyfob }, use) => {
    await page.clock.install();
    const settings = new SettingsPage(page);
    await settings.open(await keyfob.newUrl());
    await settings.section('Vault');
    await use(settings);
  },
});

const minute = 60;

test('never locks by the setting "never" @browser', async ({ settings, page, keyfob }) => {
  const toggle = page.getByRole('switch', { name: 'Lock when idle' });
  await toggle.click();
  await expect(toggle).not.toBeChecked();
  await expect.poll(async () => (await keyfob.call('settings.read', {})).lockAfterIdleMinutes).toBeNull();
  await keyfob.advanceSeconds(24 * 60 * minute);
  // Each report of activity checks how long the window was idle.
  await keyfob.call('vault.windowUsed', {});
  expect((await keyfob.call('vault.status', {})).state).toBe('unlocked');
  await expect(settings.navigation).toBeVisible();
});

test('an idle second window does not lock while another is used @browser', async ({ settings, page, keyfob }) => {
  await keyfob.call('settings.write', { lockAfterIdleMinutes: 2 });
  const second = new Shell(await page.context().newPage());
  await second.open(await keyfob.newUrl());
  const isOpen = async () => (await keyfob.call('vault.status', {})).state === 'unlocked';
  for (let minutes = 0; minutes < 4; minutes += 1) {
    await keyfob.advanceSeconds(1.5 * minute);
    const reported = page.waitForResponse(
      (response) => response.request().postData()?.includes('vault.windowUsed') === true,
    );
    await page.keyboard.press('Shift');
    await page.clock.runFor(10_000);
    await reported;
    expect(await isOpen()).toBe(true);
  }
  await keyfob.advanceSeconds(2 * minute);
  await expect(second.heading).toHaveText('Keyfob is locked');
  await expect(settings.heading).toHaveText('Keyfob is locked');
});

test('locks at the first touch after the machine wakes @browser', async ({ settings, page, keyfob }) => {
  await keyfob.advanceSeconds(8 * 60 * minute);
  await page.keyboard.press('Shift');
  await page.clock.runFor(10_000);
  await expect(settings.heading).toHaveText('Keyfob is locked');
});

test('counts a request to the endpoint as activity @browser', async ({ settings, page, keyfob }) => {
  await keyfob.call('settings.write', { port: 0, httpPort: 0, lockAfterIdleMinutes: 2 });
  const minutes = page.getByRole('spinbutton', { name: 'For this long' });
  await expect(minutes).toHaveValue('2');
  const { httpPort } = await keyfob.call('endpoint.start', {});
  await keyfob.advanceSeconds(1.9 * minute);
  await fetch(`http://localhost:${httpPort}/token`, { method: 'POST' });
  await keyfob.advanceSeconds(1.9 * minute);
  await keyfob.call('vault.windowUsed', {});
  expect((await keyfob.call('vault.status', {})).state).toBe('unlocked');
  await keyfob.advanceSeconds(2 * minute);
  await expect(settings.heading).toHaveText(/locked/);
  await keyfob.call('vault.unlock', { passphrase });
  await expect(settings.navigation).toBeVisible();
});

test('a half-typed lifetime is not lost silently by a lock @browser', async ({ settings, keyfob }) => {
  await settings.section('Lifetimes');
  await settings.field('Lifetime of user tokens').fill('2 h');
  await keyfob.advanceSeconds(15 * minute);
  await expect(settings.heading).toHaveText(/locked/);
  await expect(settings.toast('Lifetime of user tokens stays 1 h.')).toBeVisible();
  await keyfob.call('vault.unlock', { passphrase });
  await expect(settings.field('Lifetime of user tokens')).toHaveValue('1 h');
});
