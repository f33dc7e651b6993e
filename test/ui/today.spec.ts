import { postForm } from './harness/endpointCalls.ts';
import { expect, passphrase, test } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { fillTokens } from './harness/tokenScene.ts';
import { Shell } from './pages/shell.ts';
import { TokensPage } from './pages/tokens.ts';

const hourMs = 3_600_000;

test('tells what happened while nobody looked, once', async ({ page, keyfob }) => {
  const scene = await fillTokens(keyfob);
  const { tokenUrl = '' } = await keyfob.call('endpoint.start', {});
  const { pem } = await keyfob.call('endpoint.exportCa', {});
  for (let times = 0; times < 3; times += 1) {
    expect((await postForm(tokenUrl, pem, { grant_type: 'client_credentials' })).status).toBe(401);
  }
  await keyfob.call('preferences.write', { seenAtMs: Date.now() - 2 * hourMs });
  const shell = new Shell(page);
  await shell.open(await keyfob.newUrl());
  const news = page.getByRole('status').filter({ hasText: 'Since ' });
  await expect(news).toContainText('1 token expired, 3 calls refused, recovery key not confirmed.');
  await expectAccessible(page);
  await takePictures(page, 'today');

  await news.getByRole('button', { name: 'Show expired tokens' }).click();
  const tokens = new TokensPage(page);
  await expect.poll(() => tokens.shownIds()).toEqual([scene.overdue]);
  await expect(page.getByRole('search').getByText(/^Expired since: /)).toBeVisible();
  await news.getByRole('button', { name: 'Show refusals' }).click();
  await expect(shell.heading).toHaveText('Requests');
  await expect(page.getByRole('grid', { name: 'Requests' }).locator('[data-index]')).toHaveCount(3);
  await news.getByRole('button', { name: 'Confirm recovery key' }).click();
  await expect(page).toHaveURL(/#\/settings\/vault$/);

  // A token that is requested again is no news.
  await keyfob.call('tokens.issue', {
    application: 'Shop',
    keyType: 'SANDBOX',
    username: 'ben',
    scope: 'device_lost',
  });
  await expect(news).toContainText(': 3 calls refused, recovery key not confirmed.');
  await news.getByRole('button', { name: 'Dismiss' }).click();
  await expect(news).toBeHidden();
  await expect
    .poll(async () => Date.now() - ((await keyfob.call('preferences.read', {})).seenAtMs ?? 0))
    .toBeLessThan(hourMs);
  await page.reload();
  await expect(shell.heading).toBeVisible();
  await expect(news).toBeHidden();
});

test('tells nothing when nothing happened', async ({ page, keyfob }) => {
  const { recoveryKey } = await keyfob.call('vault.newRecoveryKey', { passphrase });
  await keyfob.call('vault.confirmRecoveryKey', { lastGroup: recoveryKey.split('-').at(-1) ?? '' });
  await keyfob.call('preferences.write', { seenAtMs: Date.now() - 2 * hourMs });
  const shell = new Shell(page);
  const answered = page.waitForResponse((response) => response.request().postData()?.includes('today.read') === true);
  await shell.open(await keyfob.newUrl());
  await answered;
  await expect(page.getByRole('status').filter({ hasText: 'Since ' })).toBeHidden();
});
