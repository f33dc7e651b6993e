import { test as base, expect } from './harness/fixtures.ts';
import type { ServedKeyfob } from './harness/keyfob.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { ScopesPage } from './pages/scopes.ts';

const test = base.extend<{ readonly scopes: ScopesPage }>({
  scopes: async ({ shell, page }, use) => {
    await expect(shell.navigation).toBeVisible();
    const scopes = new ScopesPage(page);
    await scopes.show();
    await use(scopes);
  },
});

/** Three users with different roles, and three scopes. */
async function populate({ call }: ServedKeyfob): Promise<void> {
  await call('users.create', { username: 'ann', password: 'a', roles: ['manager', 'support'] });
  await call('users.create', { username: 'bob', password: 'b', roles: ['support'] });
  await call('users.create', { username: 'carl', password: 'c' });
  await call('scopes.create', { name: 'orders:read', description: 'See orders' });
  await call('scopes.create', { name: 'orders:write', description: 'Change orders', roles: ['manager', 'support'] });
  await call('scopes.create', { name: 'orders:refund', roles: ['manager'] });
}

test('explains scopes while none is defined', async ({ scopes, page, keyfob }) => {
  await expect(page.getByText('No scope defined yet')).toBeVisible();
  await expect(scopes.builtIn).toContainText('device_…');
  await expect(scopes.builtIn).toContainText('am_application_scope');
  await expect(scopes.builtIn.getByRole('link')).toHaveAttribute('href', '#/settings/rules');
  await expectAccessible(page);
  await takePictures(page, 'scopes-empty');
  await keyfob.call('settings.write', { allowedScopePatterns: ['^some_random_scope$'], scopePolicy: 'echo' });
  await expect(scopes.builtIn).toContainText('^some_random_scope$');
  await expect(scopes.builtIn).toContainText('Undefined scopes are granted too');
});

test('creates a scope, and shows at once who gets it', async ({ scopes, page, keyfob }) => {
  await populate(keyfob);
  await page.getByRole('button', { name: 'New scope' }).click();
  const dialog = scopes.dialog('New scope');
  await expect(scopes.granted).toContainText('Granted to: everyone who requests it');
  await dialog.getByLabel('Name').fill('orders:delete');
  await dialog.getByLabel('Description').fill('Remove orders for good');
  await dialog.getByRole('combobox', { name: 'Roles' }).fill('support ');
  await expect(scopes.granted).toContainText('Granted to: ann, bob');
  await expect(scopes.granted).toContainText('Not granted to: admin — role missing');
  await expect(scopes.granted).toContainText('Not granted to: carl — no roles');
  await dialog.getByLabel('Name').focus();
  await expectAccessible(page);
  await takePictures(page, 'scopes-new');
  await dialog.getByRole('button', { name: 'Create scope' }).click();
  await expect(scopes.toast('Scope orders:delete created.')).toBeVisible();
  await expect(scopes.row('orders:delete')).toContainText('ann, bob');
  // The engine grants as the form said.
  await keyfob.call('applications.create', { name: 'Shop' });
  await keyfob.call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  const shop = { application: 'Shop', keyType: 'PRODUCTION', scope: 'orders:delete' } as const;
  expect((await keyfob.call('tokens.issue', { ...shop, username: 'ann' })).scope).toBe('orders:delete');
  expect((await keyfob.call('tokens.issue', { ...shop, username: 'carl' })).scope).toBe('default');
});

test('shows errors of a new scope next to its fields', async ({ scopes, page, keyfob }) => {
  await populate(keyfob);
  await scopes.press('Alt+n');
  const dialog = scopes.dialog('New scope');
  await dialog.getByLabel('Name').fill('device_ipad');
  await dialog.getByRole('button', { name: 'Create scope' }).click();
  await expect(dialog.getByText(/are built in and cannot be defined/)).toBeVisible();
  await dialog.getByLabel('Name').fill('two words');
  await expect(dialog.getByText(/no spaces, quotes or backslashes/)).toBeVisible();
  await dialog.getByLabel('Name').fill('orders:read');
  await dialog.getByRole('button', { name: 'Create scope' }).click();
  await expect(dialog.getByText('A scope named "orders:read" already exists')).toBeVisible();
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await expectAccessible(page);
});

test('edits and deletes a scope, with the effect on tokens', async ({ scopes, page, keyfob }) => {
  await populate(keyfob);
  await expect(scopes.row('orders:refund')).toContainText('ann');
  await expectAccessible(page);
  await takePictures(page, 'scopes');
  await scopes.row('orders:refund').click();
  const dialog = scopes.dialog('Scope orders:refund');
  await dialog.getByLabel('Description').fill('Give money back');
  await dialog.getByRole('combobox', { name: 'Roles' }).fill('accounts ');
  await dialog.getByRole('button', { name: 'Save scope' }).click();
  await expect(scopes.row('orders:refund')).toContainText('Give money back');
  await expect(scopes.row('orders:refund')).toContainText('accounts');
  await keyfob.call('applications.create', { name: 'Shop' });
  await keyfob.call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  const scope = 'orders:refund';
  await keyfob.call('tokens.issue', { application: 'Shop', keyType: 'PRODUCTION', username: 'ann', scope });
  await scopes.row('orders:refund').getByRole('button', { name: 'Delete orders:refund' }).click();
  const question = page.getByRole('alertdialog', { name: 'Delete the scope orders:refund?' });
  await expect(question).toContainText("Future requests don't get it. The active token with it keeps it.");
  await expectAccessible(page);
  await takePictures(page, 'scopes-delete', ['960x640']);
  await question.getByRole('button', { name: 'Delete' }).click();
  // Rows behind an open dialog have no role.
  await expect(question).toBeHidden();
  await expect(scopes.row('orders:refund')).toHaveCount(0);
  expect((await keyfob.call('scopes.list', {})).items).toHaveLength(2);
});

test('works by keyboard', async ({ scopes, page, keyfob }) => {
  await populate(keyfob);
  await expect(scopes.row('orders:read')).toBeVisible();
  await scopes.press('Alt+n');
  await expect(scopes.dialog('New scope').getByLabel('Name')).toBeFocused();
  await page.keyboard.type('audit');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('auditor');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(scopes.row('audit')).toContainText('auditor');
  await scopes.press('Mod+f');
  await page.keyboard.type('refund');
  await expect(scopes.row('audit')).toHaveCount(0);
  await page.keyboard.press('Tab');
  await expect(scopes.row('orders:refund')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog', { name: 'Delete the scope orders:refund?' });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(scopes.row('orders:refund').getByRole('button', { name: 'Delete orders:refund' })).toBeFocused();
  await scopes.press('Mod+f');
  await page.keyboard.type(' nothing');
  await expect(page.getByText('No results for “refund nothing”')).toBeVisible();
});
