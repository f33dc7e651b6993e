import { expect, test } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { fillTokens } from './harness/tokenScene.ts';
import { SettingsPage } from './pages/settings.ts';
import { TokenPage } from './pages/token.ts';
import { TokensPage } from './pages/tokens.ts';

test('counts retired tokens and purges them after a confirmation', async ({ shell: _, page, keyfob }) => {
  const scene = await fillTokens(keyfob);
  const tokens = new TokensPage(page);
  await tokens.goTo('Tokens');
  const total = (await keyfob.call('tokens.count', {})).total;
  const opener = page.getByRole('button', { name: 'Purge retired tokens…' });
  await opener.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Purge retired tokens' });
  await expect(dialog).toContainText('No retired token is that old.');
  await expect(dialog.getByRole('button', { name: 'Purge' })).toBeDisabled();
  const days = dialog.getByRole('spinbutton', { name: 'Retired at least this long ago' });
  await days.fill('9999');
  await expect(dialog).toContainText('A whole number of days from 0 to 3650.');
  await days.fill('0');
  // The expired and replaced one has a refresh token that was kept. Three are refreshed or revoked.
  const { count } = await keyfob.call('tokens.purgeable', { olderThanDays: 0 });
  expect(count).toBeGreaterThan(1);
  await expect(dialog).toContainText(`${count} tokens will be deleted for good.`);
  await expectAccessible(page);
  await takePictures(page, 'purgeTokens');
  await dialog.getByRole('combobox', { name: 'Application' }).selectOption({ label: 'Billing' });
  await expect(dialog).toContainText('No retired token is that old.');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();

  await opener.press('Enter');
  await days.fill('0');
  await page.keyboard.press('Tab');
  await dialog.getByRole('button', { name: `Purge ${count} tokens` }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(tokens.toast(`${count} tokens purged.`)).toBeVisible();
  await tokens.expectCount(`${total - count} tokens`);
  await expect(page.locator('body')).not.toBeFocused();

  // Links to purged tokens read well.
  const token = new TokenPage(page);
  await page.evaluate((id) => {
    location.hash = `#/tokens/${id}`;
  }, scene.afterRefreshed);
  await expect(token.why).toContainText('a token that was purged since');
  await expect(token.events.filter({ hasText: `Token ${scene.refreshed} has been purged.` })).toHaveCount(1);
  await expectAccessible(page);
  await takePictures(page, 'tokenOfPurged', ['1280x800']);
  await page.evaluate((id) => {
    location.hash = `#/tokens/${id}`;
  }, scene.refreshed);
  await expect(page.getByText('It may have been purged, or deleted with its application.')).toBeVisible();
});

test('the retention of retired tokens is a setting with an undo', async ({ shell: _, page, keyfob }) => {
  const settings = new SettingsPage(page);
  await settings.section('Token rules');
  const part = settings.part('Keeping tokens');
  const toggle = part.getByRole('switch', { name: 'Purge retired tokens' });
  await expect(toggle).not.toBeChecked();
  await toggle.press('Space');
  await expect(settings.toast('Purge retired tokens: after 30 days')).toBeVisible();
  const days = part.getByRole('spinbutton', { name: 'Keep them for' });
  await days.fill('7');
  await days.press('Enter');
  await expect(settings.toast('Purge retired tokens: after 7 days')).toBeVisible();
  expect((await keyfob.call('settings.read', {})).retiredTokensKeptDays).toBe(7);
  await expectAccessible(page);
  await part.scrollIntoViewIfNeeded();
  await takePictures(page, 'settingsRetired');
  await toggle.press('Space');
  await expect(settings.toast('Purge retired tokens: never')).toBeVisible();
  await settings.undo('Purge retired tokens: never');
  await expect(days).toHaveValue('7');
});
