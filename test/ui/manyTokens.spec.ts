import { test as base, expect } from './harness/fixtures.ts';
import { TokensPage } from './pages/tokens.ts';

const stored = 100_000;

const test = base.extend({
  keyfob: async ({ sharedPage, server }, use) => {
    const keyfob = await server().open({ tokens: stored });
    await keyfob.call('vault.unlock', { passphrase: 'bench passphrase' });
    await use(keyfob);
    await sharedPage?.leave();
    await keyfob.close();
  },
});

// One worker, so that the tokens are stored once.
test.describe.configure({ mode: 'default' });

test('a hundred thousand tokens scroll to the end, filter, and keep their place', async ({ shell, page, keyfob }) => {
  test.slow();
  const tokens = new TokensPage(page);
  await shell.goTo('Tokens');
  const all = stored + 2; // with the first token of either key set
  await expect(tokens.row(all)).toBeVisible();
  await tokens.expectCount('100,002 tokens');
  await expect(tokens.table).toHaveAttribute('aria-rowcount', String(all + 1));

  await tokens.row(all).focus();
  await page.keyboard.press('End');
  await expect(tokens.row(1)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(tokens.row(all)).toBeFocused();
  for (let times = 0; times < 30; times += 1) await page.keyboard.press('PageDown');
  // The rows are read after the last step of the scroll.
  await expect.poll(() => tokens.shownIds()).not.toEqual([]);
  const [top] = await tokens.shownIds();
  const focused = page.locator('[data-index]:focus');
  const here = await focused.getAttribute('data-index');

  // A new token on top does not move the visible rows.
  await keyfob.call('tokens.issue', { application: 'Bench', keyType: 'SANDBOX', scope: 'device_late' });
  await tokens.expectCount('100,003 tokens');
  await expect(focused).toHaveAttribute('data-index', String(Number(here) + 1));
  await expect.poll(() => tokens.shownIds()).toContain(top);

  await tokens.search.fill('r000000012');
  await tokens.expectCount('19 of 100,003 tokens');
  await tokens.filterBy('State', 'Active');
  await tokens.expectCount('1 of 100,003 tokens');
  await page.getByRole('button', { name: 'Clear all 2 filters' }).click();
  await tokens.expectCount('100,003 tokens');
  await tokens.filterBy('State', 'Revoked');
  await tokens.expectCount('90,000 of 100,003 tokens');

  await page.getByRole('checkbox', { name: /^Select all/ }).click();
  await expect(page.getByText('All 90,000 tokens that match selected')).toBeVisible();
  await page.getByRole('button', { name: 'Clear selection' }).click();

  // An order of the engine reaches the last page, and the focus stays with its row.
  await tokens.table.getByRole('columnheader', { name: 'Expires' }).getByRole('button').click();
  const { ids } = await keyfob.call('tokens.ids', { state: 'REVOKED', order: 'expires', ascending: true });
  await expect.poll(async () => (await tokens.shownIds()).slice(0, 5)).toEqual(ids.slice(0, 5));
  await tokens.row(ids[0] ?? 0).focus();
  await page.keyboard.press('End');
  await expect(tokens.row(ids.at(-1) ?? 0)).toBeFocused();
});

test('shows the progress of long work, and stops on demand', async ({ shell, page, keyfob }) => {
  test.slow();
  const tokens = new TokensPage(page);
  await shell.goTo('Tokens');
  await tokens.expectCount('100,002 tokens');
  await page.getByRole('button', { name: 'Revoke many…' }).click();
  const dialog = tokens.dialog('Revoke all active tokens of…');
  await dialog.getByRole('button', { name: /^Application / }).click();
  await page.getByRole('option', { name: 'Bench' }).click();
  const confirm = dialog.getByRole('button', { name: /^Revoke 10.002 tokens$/ });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel('Type Bench to confirm').fill('Bench');
  await confirm.click();
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await expect(dialog).toBeHidden();
  await expect(tokens.toast('Stopped.')).toBeVisible();
  const { byState } = await keyfob.call('tokens.count', {});
  expect(byState.ACTIVE).toBeGreaterThan(0);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toContain('keyfob-tokens-');
  await expect(tokens.toast('100,002 tokens exported.')).toBeVisible();
});
