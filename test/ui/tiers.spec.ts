import { expect, test } from './fixtures.ts';
import { expectAccessible, takePictures } from './looks.ts';
import { ApisPage } from './pages/apis.ts';

test('lists the tiers in words, and creates, changes and deletes own ones', async ({ shell, page, keyfob }) => {
  await expect(shell.navigation).toBeVisible();
  const apis = new ApisPage(page);
  await apis.show();
  await apis.showTab('Tiers');
  const subscription = page.getByRole('grid', { name: 'Subscription tiers' });
  await expect(subscription.getByRole('row').filter({ hasText: 'Gold' })).toContainText('5,000 requests a minute');
  await expectAccessible(page);
  await takePictures(page, 'tiers');
  await apis.press('Alt+n');
  const dialog = apis.dialog('New tier');
  await dialog.getByLabel('Quota', { exact: true }).fill('0');
  await dialog.getByLabel('Name').fill('3 a minute');
  await dialog.getByRole('button', { name: 'Create tier' }).click();
  await expect(dialog.getByText('Enter a whole number from 1 to 2,147,483,647.')).toBeVisible();
  await expect(dialog.getByText('A tier has letters, digits, dots')).toBeVisible();
  await dialog.getByLabel('Quota', { exact: true }).fill('3');
  await dialog.getByLabel('Name').fill('Gold');
  await dialog.getByRole('checkbox', { name: 'Limit bursts' }).click();
  await expectAccessible(page);
  await takePictures(page, 'tiers-new');
  await dialog.getByRole('button', { name: 'Create tier' }).click();
  await expect(dialog.getByText('The subscription tier Gold already exists.')).toBeVisible();
  await dialog.getByLabel('Name').fill('Tiny');
  await apis.press('Mod+Enter');
  const row = subscription.getByRole('row').filter({ hasText: 'Tiny' });
  await expect(row).toContainText('3 requests a minute, bursts up to 10 requests in 1 s');

  await row.getByRole('button', { name: 'Edit the subscription tier Tiny' }).click();
  const change = apis.dialog('Tier Tiny');
  await change.getByLabel('Window', { exact: true }).fill('15');
  await change.getByLabel('Unit').selectOption('hour');
  await change.getByRole('checkbox', { name: 'Refuse requests over the quota' }).click();
  await change.getByRole('button', { name: 'Save tier' }).click();
  await expect(row).toContainText('3 requests in 15 hours');
  await expect(row).toContainText('more requests still pass');
  await row.getByRole('button', { name: 'Delete the subscription tier Tiny' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(row).toHaveCount(0);
  expect((await keyfob.call('tiers.list', {})).items.filter(({ builtIn }) => !builtIn)).toEqual([]);
});

test('shows the counters of requests, and resets them', async ({ shell, page, keyfob }) => {
  await expect(shell.navigation).toBeVisible();
  const apis = new ApisPage(page);
  // No window ends during the spec.
  await keyfob.call('tiers.create', { level: 'application', name: 'Yearly', limit: 10, windowUnit: 'year' });
  await keyfob.call('applications.create', { name: 'Shop', tier: 'Yearly' });
  const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;
  await keyfob.call('keys.generate', shop);
  await keyfob.call('endpoint.start', { port: 0 });
  const { url } = await keyfob.call('apis.read', { api: 'echo' });
  await apis.show();
  await apis.showTab('Tiers');
  await expect(page.getByText('No request counts at a limited tier now.')).toBeVisible();
  expect(await keyfob.call('snippets.run', { ...shop, call: 'api', url })).toMatchObject({ status: 200 });
  const row = page.getByRole('grid', { name: 'Counters' }).getByRole('row').nth(1);
  await expect(row).toContainText(/Shop.*Yearly.*1 of 10/);
  await expectAccessible(page);
  await takePictures(page, 'tiers-counters');
  await page.getByRole('button', { name: 'Reset counters' }).click();
  await expect(apis.toast('1 counter set to zero.')).toBeVisible();
  await expect(row).toHaveCount(0);
});
