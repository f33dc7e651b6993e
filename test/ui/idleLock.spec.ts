import { test as base, expect, passphrase } from './fixtures.ts';
import { SettingsPage } from './pages/settings.ts';

/** The vault's section, in a page whose time the spec moves. */
const test = base.extend<{ settings: SettingsPage }>({
  settings: async ({ page, keyfob }, use) => {
    await page.clock.install();
    const settings = new SettingsPage(page);
    await settings.open(await keyfob.newUrl());
    await settings.section('Vault');
    await use(settings);
  },
});

const minuteMs = 60_000;

test('it never locks when told not to', async ({ settings, page, keyfob }) => {
  const toggle = page.getByRole('switch', { name: 'Lock when idle' });
  await toggle.click();
  await expect(toggle).not.toBeChecked();
  await page.clock.fastForward(24 * 60 * minuteMs);
  await page.clock.runFor(minuteMs);
  await expect(settings.navigation).toBeVisible();
  expect((await keyfob.call('vault.status', {})).state).toBe('unlocked');
});

test('a request to the endpoint is somebody there', async ({ settings, page, keyfob }) => {
  await keyfob.call('settings.write', { port: 0, httpPort: 0, lockAfterIdleMinutes: 2 });
  const minutes = page.getByRole('spinbutton', { name: 'For this long' });
  await expect(minutes).toHaveValue('2');
  const { httpPort } = await keyfob.call('endpoint.start', {});
  await settings.goTo('Endpoint');
  await page.clock.runFor(1.9 * minuteMs);
  await fetch(`http://localhost:${httpPort}/token`, { method: 'POST' });
  await expect(page.getByRole('main')).toContainText('/token');
  await page.clock.runFor(1.9 * minuteMs);
  await expect(settings.navigation).toBeVisible();
  await page.clock.runFor(minuteMs);
  await expect(settings.heading).toHaveText(/locked/);
  await keyfob.call('vault.unlock', { passphrase });
  await expect(settings.navigation).toBeVisible();
});

test('a lifetime that is being typed when it locks is not lost silently', async ({ settings, page, keyfob }) => {
  await settings.section('Lifetimes');
  await settings.field('Lifetime of user tokens').fill('2 h');
  await page.clock.runFor(15 * minuteMs + 5000);
  await expect(settings.heading).toHaveText(/locked/);
  await expect(settings.toast('Lifetime of user tokens stays 1 h.')).toBeVisible();
  await keyfob.call('vault.unlock', { passphrase });
  await expect(settings.field('Lifetime of user tokens')).toHaveValue('1 h');
});
