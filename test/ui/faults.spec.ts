import { openShop, postForm } from './harness/endpointCalls.ts';
import { test as base, expect } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { FaultsPage } from './pages/faults.ts';

const test = base.extend<{ readonly failing: FaultsPage }>({
  failing: async ({ shell, page, keyfob }, use) => {
    await keyfob.call('settings.write', { port: 0 });
    await expect(shell.navigation).toBeVisible();
    await use(new FaultsPage(page));
  },
});

test('changes the next replies, tells it on every screen, and ends', async ({ failing, page, keyfob }) => {
  const { tokenUrl, pem, basic } = await openShop(keyfob);
  const ask = () => postForm(tokenUrl, pem, { grant_type: 'client_credentials' }, basic);
  await failing.show();
  await expect(page.getByText('No fault is active')).toBeVisible();
  await page.getByLabel('Reply', { exact: true }).selectOption('429 too many requests');
  await page.getByLabel('Number of replies').fill('0');
  await expect(page.getByText('Enter a number from 1 to 100000.')).toBeVisible();
  await expect(failing.add).toBeDisabled();
  await page.getByLabel('Number of replies').fill('2');
  await page.getByLabel('Retry-After').fill('7');
  await page.getByLabel('Route').selectOption('/token');
  await expectAccessible(page);
  await takePictures(page, 'faults');
  await failing.press('Mod+Enter');
  await expect(failing.active).toContainText('The next 2 replies to /token: 429 with Retry-After 7 s.');
  await expectAccessible(page);
  await takePictures(page, 'faults-active');

  await failing.goTo('Users');
  await expect(failing.banner).toContainText('The next 2 replies to /token');
  expect((await ask()).status).toBe(429);
  await expect(failing.banner).toContainText('The next reply to /token');
  await takePictures(page, 'fault-banner', ['960x640']);
  await failing.banner.getByRole('button', { name: 'Stop it' }).click();
  await expect(failing.banner).toBeHidden();
  expect((await ask()).status).toBe(200);

  await failing.goTo('Requests');
  await page.getByRole('grid', { name: 'Requests' }).getByRole('row').filter({ hasText: '429' }).click();
  await expect(page.getByRole('note', { name: 'Reason' })).toContainText('A fault on purpose');
});

test('starts from the menu of a key set and from the palette', async ({ failing, page, keyfob }) => {
  const { tokenUrl, pem, basic } = await openShop(keyfob);
  await failing.goTo('Applications');
  await page.getByRole('row').filter({ hasText: 'Shop' }).click();
  await page.getByRole('main').getByRole('radio', { name: 'Sandbox' }).click();
  await page.getByRole('button', { name: 'Actions for these keys' }).click();
  await page.getByRole('menuitem', { name: 'Change the next reply…' }).click();
  await expect(page.getByRole('main').getByRole('button', { name: 'Application Shop' })).toBeVisible();
  await page.getByLabel('Reply', { exact: true }).selectOption('401 invalid_client');
  await failing.add.click();
  await expect(failing.active).toContainText('"Shop" (SANDBOX)');

  await failing.press('Mod+k');
  await page.keyboard.type('next reply 503');
  await page.keyboard.press('Enter');
  await expect(failing.banner).toContainText('2 faults on purpose are active.');
  const { status } = await postForm(tokenUrl, pem, { grant_type: 'client_credentials' }, basic);
  expect(status).toBe(401);
  await expect(failing.banner).toContainText('503');
  await failing.banner.getByRole('button', { name: 'Stop it' }).click();
  await expect(failing.banner).toBeHidden();
  expect(await keyfob.call('faults.list', {})).toEqual({ items: [] });
});
