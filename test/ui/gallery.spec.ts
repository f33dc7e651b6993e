import type { Page } from '@playwright/test';
import { serveGallery } from './gallery/serve.ts';
import { expect, test } from './harness/fixtures.ts';
import { expectAccessible } from './harness/looks.ts';

// One worker, so that the gallery is built once.
test.describe.configure({ mode: 'default' });

let gallery: Awaited<ReturnType<typeof serveGallery>>;
test.beforeAll(async () => {
  gallery = await serveGallery();
});
test.afterAll(() => gallery.close());

/** Opens one part of the gallery, or all of it. */
async function show(page: Page, part = ''): Promise<void> {
  // The page of the test before would only change its fragment.
  await page.goto('about:blank');
  await page.goto(`${gallery.url}#light${part === '' ? '' : `/${part}`}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Components' })).toBeVisible();
}

test('every component is accessible in every theme', async ({ page }) => {
  await show(page);
  await expectAccessible(page);
});

test('axe finds weak contrast that a state brings in one theme, after the same button passed without it', async ({
  page,
}) => {
  await show(page);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Open the dialog' }).evaluate((button) => {
    const [sheet] = document.styleSheets;
    sheet?.insertRule(
      '[data-theme="dark"] [data-state="weak"] { color: #555 !important; background: #444 !important; }',
      sheet.cssRules.length,
    );
    button.dataset.state = 'weak';
  });
  await expect(expectAccessible(page)).rejects.toThrow(/axe in the dark theme[\s\S]*color-contrast/);
});

test('popups and dialogs are accessible in every theme, and return the focus', async ({ page }) => {
  await show(page);
  const opener = page.getByRole('button', { name: 'Open the dialog' });
  await opener.click();
  await expect(page.getByRole('dialog').getByLabel('Name')).toBeFocused();
  await expectAccessible(page);
  await page.getByLabel('Throttling tier').press('Space');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();

  const danger = page.getByRole('button', { name: 'Delete Shop' });
  await danger.click();
  await expect(page.getByRole('button', { name: 'Cancel' }).last()).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(danger).toBeFocused();

  const more = page.getByRole('button', { name: 'More actions' });
  await more.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();
});

test('a combobox finds by typing, and offers to create a missing option', async ({ page }) => {
  await show(page, 'Choices');
  const user = page.getByLabel('User');
  await user.press('Enter');
  await page.keyboard.type('user29');
  await page.keyboard.press('ArrowDown');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(user).toHaveText('user290');
  await user.press('Enter');
  await page.keyboard.type('nobody');
  await page.keyboard.press('Enter');
  await expect(user).toHaveText('nobody');
  await expect(user).toBeFocused();
});

test('a table is walked, opened and selected by keys alone', async ({ page }) => {
  await show(page, 'Table');
  const grid = page.getByRole('grid', { name: 'Tokens' });
  await expect(grid).toHaveAttribute('aria-rowcount', '100001');
  const row = (index: number) => grid.locator(`[aria-rowindex="${index + 2}"]`);
  await row(0).focus();
  await page.keyboard.press('ArrowDown');
  await expect(row(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row(1)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(row(1).getByRole('button', { name: 'Copy token 1' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(row(2)).toBeFocused();
  // Rows 2 and 3 are selected at first.
  await page.keyboard.press(' ');
  await expect(row(2)).toHaveAttribute('aria-selected', 'false');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(row(3)).toBeFocused();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(row(4)).toBeFocused();
  for (const index of [2, 3, 4]) await expect(row(index)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(row(99_999)).toBeFocused();
  await expect(row(99_999)).toHaveAttribute('aria-busy', 'true');
  await expect(page.getByText(/asked for \d+ to 100000/)).toBeVisible();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Home');
  await expect(row(0)).toBeFocused();
});

test('a press with Shift selects a range', async ({ page }) => {
  await show(page, 'Table');
  await page.getByRole('checkbox', { name: 'Select token 4', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Select token 7', exact: true }).click({ modifiers: ['Shift'] });
  await expect(page.getByText('6 selected')).toBeVisible();
});

test('chips are typed, pasted and removed by keys', async ({ page }) => {
  await show(page, 'Inputs');
  const input = page.getByLabel('Devices', { exact: true }).and(page.getByRole('textbox'));
  const chips = page.getByRole('list', { name: 'devices' }).getByRole('listitem');
  await expect(chips).toHaveCount(3);
  await input.focus();
  await page.keyboard.type('pixel,tablet ipad watch');
  await page.keyboard.press('Enter');
  await expect(chips).toHaveCount(6);
  await expect(chips.nth(3)).toContainText('device_pixel');
  await page.evaluate(() =>
    navigator.clipboard.writeText(Array.from({ length: 1000 }, (_, n) => `phone${n}`).join('\n')),
  );
  await page.keyboard.press('ControlOrMeta+v');
  await expect(chips).toHaveCount(1006);
  await page.keyboard.press('Backspace');
  await expect(page.getByRole('button', { name: 'Remove phone999' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Delete');
  await expect(chips).toHaveCount(1005);
  await expect(page.getByRole('button', { name: 'Remove phone999' })).toBeFocused();
  await page.keyboard.press('Backspace');
  await expect(input).toBeFocused();
  await page.getByRole('button', { name: '1 not valid: remove it' }).click();
  await expect(chips).toHaveCount(1003);
});

test('suggestions are chosen by keys', async ({ page }) => {
  await show(page, 'Inputs');
  await page.getByRole('combobox', { name: 'Scopes' }).focus();
  await page.keyboard.type('write');
  await page.keyboard.press('ArrowDown');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'scopes' }).getByRole('listitem')).toHaveCount(2);
});

test('a lifetime is typed in words', async ({ page }) => {
  await show(page, 'Inputs');
  const input = page.getByLabel('Access token lifetime');
  await input.fill('90 min');
  await input.blur();
  await expect(input).toHaveValue('1 h 30 min');
  await input.fill('soon');
  await expect(page.getByText('Enter a time like')).toBeVisible();
  await page.getByRole('button', { name: 'Never' }).press('Space');
  await expect(input).toHaveValue('never');
  await expect(page.getByText('Never expires')).toBeVisible();
});

test('a secret is shown on demand, and hides when the window loses the focus', async ({ page }) => {
  await show(page, 'Secrets');
  const value = page.getByText('ksdSdoefDDP7wpaElfqvmjDue_4x', { exact: true });
  await page.getByRole('button', { name: 'Show the consumer secret' }).press('Enter');
  await expect(value).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect(value).toBeHidden();
  await page.getByRole('button', { name: 'Show the consumer secret' }).click();
  await expect(value).toBeVisible();
  await page.getByRole('button', { name: 'Hide the consumer secret' }).click();
  await expect(value).toBeHidden();
  await page.getByRole('button', { name: 'Show the access token' }).click();
  await expect(page.getByText('The vault is locked. Unlock it first.')).toBeVisible();
  await page.getByRole('button', { name: 'Show the hidden secret' }).press('Enter');
  await expect(page.getByText('The vault is locked. Unlock it first.')).toHaveCount(1);
});

test('copying is confirmed', async ({ page }) => {
  await show(page, 'Secrets');
  await page.getByRole('button', { name: 'Copy the curl command' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('curl --cacert');
});
