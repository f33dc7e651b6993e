import type { Page } from '@playwright/test';
import { test as base, expect } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { KeysPage } from './pages/keys.ts';

interface Scene {
  readonly keys: KeysPage;
  readonly secret: string;
}

const keySet = { application: 'Shop', keyType: 'PRODUCTION' } as const;

/** A key set on the screen, in a page with a stopped clock. */
const test = base.extend<{ scene: Scene }>({
  scene: async ({ page, keyfob }, use) => {
    const { id } = await keyfob.call('applications.create', { name: 'Shop' });
    await keyfob.call('keys.generate', keySet);
    const { consumerSecret } = await keyfob.call('keys.reveal', keySet);
    await page.clock.install();
    const keys = new KeysPage(page);
    await keys.open(await keyfob.newUrl());
    await keys.show(id, 'PRODUCTION');
    await keys.button('Copy the consumer secret').waitFor();
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1000);
    await use({ keys, secret: consumerSecret });
  },
});

/** Grants the permission, as the browser's settings would. */
async function allowWritingOnly(page: Page): Promise<void> {
  await page.context().clearPermissions();
  await page.context().grantPermissions(['clipboard-write']);
}

const inClipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test('clears a copied secret after 30 s, and not before', async ({ scene, page }) => {
  await scene.keys.button('Copy the consumer secret').press('Enter');
  await expect(scene.keys.toast('Consumer secret copied.')).toBeVisible();
  await expect(scene.keys.clipboardChip).toContainText('Clipboard clears in 30 s');
  expect(await inClipboard(page)).toBe(scene.secret);
  await page.clock.runFor(4000);
  await expect(scene.keys.toast(/copied/)).toBeHidden();
  await expect(scene.keys.clipboardChip).toContainText('Clipboard clears in 26 s');
  await page.clock.runFor(25_900);
  expect(await inClipboard(page)).toBe(scene.secret);
  await page.clock.runFor(100);
  await expect.poll(() => inClipboard(page)).toBe('');
  await expect(scene.keys.clipboardChip).toBeHidden();
});

test('counts the time that a machine slept', async ({ scene, page }) => {
  await scene.keys.button('Copy the consumer secret').press('Enter');
  await expect(scene.keys.clipboardChip).toContainText('Clipboard clears in 30 s');
  await page.clock.setSystemTime((await page.evaluate(() => Date.now())) + 8 * 3_600_000);
  await page.clock.runFor(1000);
  await expect.poll(() => inClipboard(page)).toBe('');
});

test('leaves text alone that was copied since', async ({ scene, page }) => {
  await scene.keys.button('Copy the consumer secret').click();
  await expect(scene.keys.clipboardChip).toContainText('Clipboard clears in 30 s');
  await page.evaluate(() => navigator.clipboard.writeText('a shopping list'));
  await page.clock.runFor(31_000);
  await expect(scene.keys.clipboardChip).toBeHidden();
  expect(await inClipboard(page)).toBe('a shopping list');
});

test('keeps text that is not secret', async ({ scene, page }) => {
  await scene.keys.button('Copy the consumer secret').click();
  await expect(scene.keys.clipboardChip).toContainText('Clipboard clears in 30 s');
  await scene.keys.button('Copy the consumer key').click();
  await expect(scene.keys.clipboardChip).toBeHidden();
  const consumerKey = await inClipboard(page);
  expect(consumerKey).not.toBe(scene.secret);
  await page.clock.runFor(60_000);
  expect(await inClipboard(page)).toBe(consumerKey);
});

test('clears at once on demand', async ({ scene, page }) => {
  await scene.keys.button('Copy the consumer secret').click();
  await expect(scene.keys.clipboardChip).toContainText('Clipboard clears in 30 s');
  await takePictures(page, 'clipboardCounting', ['960x640']);
  await page.getByRole('contentinfo').getByRole('button', { name: 'Clear now' }).click();
  await expect.poll(() => inClipboard(page)).toBe('');
});

test('waits while the window has no focus, and clears on return', async ({ scene, page }) => {
  await scene.keys.button('Copy the consumer secret').click();
  await expect(scene.keys.clipboardChip).toContainText('Clipboard clears in 30 s');
  // Pages under test always have the focus, so fake its loss.
  await page.evaluate(() => Object.assign(document, { hasFocus: () => false }));
  await page.clock.runFor(30_000);
  await expect(scene.keys.clipboardChip).toContainText('Clipboard clears when you return');
  expect(await inClipboard(page)).toBe(scene.secret);
  await page.evaluate(() => {
    Object.assign(document, { hasFocus: () => true });
    window.dispatchEvent(new Event('focus'));
  });
  await expect.poll(() => inClipboard(page)).toBe('');
  await expect(scene.keys.clipboardChip).toBeHidden();
});

test('says that the secret stays when the page may not read the clipboard', async ({ scene, page }) => {
  await allowWritingOnly(page);
  await scene.keys.button('Copy the consumer secret').click();
  await expect(scene.keys.toast('this browser does not let the page clear it')).toBeVisible();
  await takePictures(page, 'clipboardCannot', ['960x640']);
  await expect(scene.keys.clipboardChip).toContainText('Secret stays in the clipboard');
  await page.clock.resume();
  await expectAccessible(page);
  await page.getByRole('contentinfo').getByRole('button', { name: 'OK' }).click();
  await expect(scene.keys.clipboardChip).toBeHidden();
});

test('asks for the permission on demand, when it was not asked yet', async ({ scene, page }) => {
  await page.context().clearPermissions();
  await scene.keys.button('Copy the consumer secret').click();
  const toast = scene.keys.toast('until you allow this page to check');
  await expect(toast).toBeVisible();
  await takePictures(page, 'clipboardAsking', ['960x640']);
  await page.clock.runFor(5000);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('contentinfo').getByRole('button', { name: 'Allow clearing' }).click();
  await expect(scene.keys.clipboardChip).toContainText(/Clipboard clears in \d+ s/);
  await page.clock.runFor(30_000);
  await expect.poll(() => inClipboard(page)).toBe('');
});

test('reports a revoked permission when it matters', async ({ scene, page }) => {
  await scene.keys.button('Copy the consumer secret').click();
  await expect(scene.keys.clipboardChip).toContainText('Clipboard clears in 30 s');
  await allowWritingOnly(page);
  await page.clock.runFor(31_000);
  await expect(scene.keys.toast('this browser does not let the page clear it')).toBeVisible();
});
