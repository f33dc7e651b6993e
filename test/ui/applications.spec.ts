import { expect, test } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { ApplicationsPage } from './pages/applications.ts';
import { KeysPage } from './pages/keys.ts';

test('leads from an empty list to the first application and its keys', async ({ shell, page, keyfob }) => {
  const applications = new ApplicationsPage(shell.page);
  await expect(applications.empty).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'applications-empty');
  await applications.newButton.click();
  const dialog = applications.dialog('New application');
  await expect(applications.field(dialog, 'Name')).toBeFocused();
  await expectAccessible(page);
  await takePictures(page, 'applications-new');
  await page.keyboard.type('Shop');
  await applications.field(dialog, 'Description').fill('Web shop and its phones');
  await dialog.getByRole('button', { name: 'Create application' }).click();
  await expect(shell.heading).toHaveText('Shop');
  await expect(page).toHaveURL(/#\/applications\/\d+\/production$/);
  const { items } = await keyfob.call('applications.list', {});
  expect(items).toMatchObject([
    { name: 'Shop', owner: 'admin', description: 'Web shop and its phones', tier: 'Unlimited' },
  ]);
});

test('adds a sample with one press: an application with keys and a token', async ({ shell, page, keyfob }) => {
  await page.getByRole('button', { name: 'Add a sample' }).click();
  await expect(shell.heading).toHaveText('Sample');
  await expect(new KeysPage(shell.page).token).toContainText('Active');
  expect((await keyfob.call('keys.list', { application: 'Sample' })).items).toHaveLength(1);
});

test('lists applications, follows changes made elsewhere, and searches', async ({ shell, page, keyfob }) => {
  const applications = new ApplicationsPage(shell.page);
  await keyfob.call('users.create', { username: 'ann', password: 'secret', roles: ['creator'] });
  await keyfob.call('applications.create', { name: 'Shop', description: 'Web shop and its phones' });
  await keyfob.call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  const { token } = await keyfob.call('keys.generate', { application: 'Shop', keyType: 'SANDBOX' });
  await keyfob.call('applications.create', { name: 'Billing', owner: 'ann' });
  await expect(applications.row('Billing')).toContainText('none yet');
  await expect(applications.row('Shop')).toContainText('Production');
  await expect(applications.row('Shop')).toContainText('Sandbox');
  const live = applications.row('Shop').getByRole('gridcell').nth(2);
  await expect(live).toHaveText('2');
  // The row stays ACTIVE, but its token has expired.
  await keyfob.call('tokens.setExpiry', { token: String(token.id), inSeconds: 0 });
  await expect(live).toHaveText('1');
  await expectAccessible(page);
  await takePictures(page, 'applications-list');

  await shell.press('Mod+f');
  await expect(applications.search).toBeFocused();
  await page.keyboard.type('ann');
  await expect(applications.row('Shop')).toBeHidden();
  await expect(applications.row('Billing')).toBeVisible();
  await applications.search.fill('nobody');
  await expect(page.getByText('No results for “nobody”')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(applications.row('Shop')).toBeVisible();
});

test('shows a taken name next to its field, and keeps the typed text', async ({ shell, page, keyfob }) => {
  const applications = new ApplicationsPage(shell.page);
  await keyfob.call('applications.create', { name: 'Shop' });
  await expect(applications.row('Shop')).toBeVisible();
  await shell.press('Alt+n');
  const dialog = applications.dialog('New application');
  const name = applications.field(dialog, 'Name');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('The application name must not be empty.')).toBeVisible();
  await expect(name).toBeFocused();
  await name.fill('Shop');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('An application named "Shop" already exists. Choose another name.')).toBeVisible();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toBeFocused();
  await expectAccessible(page);
  await takePictures(page, 'applications-taken', ['1280x800']);
  await page.keyboard.type(' 2');
  await page.keyboard.press('Enter');
  await expect(shell.heading).toHaveText('Shop 2');
});

test('editing changes only the edited members, and shows at once', async ({ shell, page, keyfob }) => {
  const applications = new ApplicationsPage(shell.page);
  await keyfob.call('users.create', { username: 'ann', password: 'secret' });
  await keyfob.call('applications.create', { name: 'Shop' });
  await expect(applications.row('Shop')).toBeVisible();
  await applications.choose('Shop', 'Edit…');
  const dialog = applications.dialog('Edit Shop');
  await expect(applications.field(dialog, 'Name')).toHaveValue('Shop');
  // Another client changes the description, which must stay.
  await keyfob.call('applications.update', { application: 'Shop', description: 'Described elsewhere' });
  await applications.pick(dialog, 'Owner', 'ann');
  await applications.pick(dialog, 'Tier', '20PerMin');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(applications.row('Shop')).toContainText('ann · Described elsewhere');
  await expect(page.getByRole('button', { name: 'Actions for Shop' })).toBeFocused();
  expect((await keyfob.call('applications.read', { application: 'Shop' })).tier).toBe('20PerMin');
});

test('deleting names the tokens that stop working; undo restores them', async ({ shell, page, keyfob }) => {
  const applications = new ApplicationsPage(shell.page);
  await keyfob.call('users.create', { username: 'ann', password: 'secret' });
  await keyfob.call('applications.create', { name: 'Shop' });
  const { token } = await keyfob.call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  const device = ['ipad', 'iphone', 'pixel', 'galaxy', 'watch', 'tv'];
  await keyfob.call('devices.mint', { application: 'Shop', keyType: 'PRODUCTION', username: 'ann', device });
  await expect(applications.row('Shop')).toContainText('7');
  await applications.choose('Shop', 'Delete…');
  const question = applications.question('Delete the application Shop?');
  await expect(question).toContainText('7 tokens stop working immediately');
  await expect(question).toContainText('user ann · tv');
  await expect(question).toContainText('and 2 more');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expectAccessible(page);
  await takePictures(page, 'applications-delete');
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(applications.toast('Shop was deleted.')).toContainText('7 tokens revoked.');
  await expect(applications.empty).toBeVisible();
  await takePictures(page, 'applications-undo', ['1280x800']);
  await applications.toast('Shop was deleted.').getByRole('button', { name: 'Undo' }).click();
  await expect(applications.row('Shop')).toContainText('7');
  expect((await keyfob.call('tokens.read', { token: String(token.id) })).valid).toBe(true);
});

test('deletes for good after the undo time, even from its own page with unsaved changes', {
  tag: '@browser',
}, async ({ shell, page, keyfob }) => {
  const keys = new KeysPage(shell.page);
  const { id } = await keyfob.call('applications.create', { name: 'Shop' });
  await keyfob.call('keys.generate', { application: 'Shop', keyType: 'SANDBOX' });
  await keys.show(id, 'SANDBOX');
  await keys.settings.getByRole('radio', { name: 'Renew' }).click();
  await keys.button('Actions for Shop').click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await keys.question(/Shop/).getByRole('button', { name: 'Delete' }).click();
  await expect(keys.empty).toBeVisible();
  await expect(keys.toast("aren't saved")).toBeHidden();
  await keyfob.advanceSeconds(9);
  await keys.toast('Shop was deleted.').getByRole('button', { name: 'Undo' }).click();
  await expect(keys.toast('Shop was not restored.')).toContainText('gone for good');
  expect((await keyfob.call('applications.list', {})).items).toEqual([]);
});

test('works by keyboard: create, open, edit, delete, undo', async ({ shell, page, keyfob }) => {
  const applications = new ApplicationsPage(shell.page);
  await expect(applications.empty).toBeVisible();
  await shell.press('Alt+n');
  await expect(applications.field(applications.dialog('New application'), 'Name')).toBeFocused();
  await page.keyboard.type('Shop');
  await page.keyboard.press('Enter');
  await expect(shell.heading).toHaveText('Shop');
  await page.goBack();
  await expect(applications.row('Shop')).toBeVisible();
  await applications.search.focus();
  await page.keyboard.press('Tab');
  await expect(applications.row('Shop')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(shell.heading).toHaveText('Shop');
  await page.goBack();
  await expect(applications.row('Shop')).toBeVisible();
  await applications.search.focus();
  await page.keyboard.press('Tab');
  await expect(applications.row('Shop')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('button', { name: 'Application', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('columnheader', { name: 'Application' })).toHaveAttribute('aria-sort', /ending$/);
  await page.keyboard.press('ArrowDown');
  await expect(applications.row('Shop')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await shell.menuTakesKeys();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Delete…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(
    applications.question('Delete the application Shop?').getByRole('button', { name: 'Cancel' }),
  ).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(applications.empty).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('F8');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(applications.toast('Shop was deleted.').getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(applications.row('Shop')).toBeVisible();
  expect((await keyfob.call('applications.list', {})).items).toHaveLength(1);
});

test('shows a way on when another window deletes the application', async ({ shell, page, keyfob }) => {
  const keys = new KeysPage(shell.page);
  const { id } = await keyfob.call('applications.create', { name: 'Shop' });
  await expect(keys.row('Shop')).toBeVisible();
  await keys.show(id, 'SANDBOX');
  await expect(keys.heading).toHaveText('Shop');
  await keyfob.call('applications.delete', { application: 'Shop' });
  await expect(page.getByText("This application doesn't exist")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Show all applications' }).click();
  await expect(keys.empty).toBeVisible();
});

test('exports an application in a chosen format, and imports it again after a preview', async ({
  shell,
  page,
  keyfob,
}) => {
  const applications = new ApplicationsPage(shell.page);
  await keyfob.call('users.create', { username: 'tester', password: 's3cret' });
  await keyfob.call('applications.create', { name: 'Shop', tier: '10PerMin' });
  const { consumerSecret } = await keyfob.call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  await keyfob.call('subscriptions.create', { application: 'Shop', api: 'echo/1.0' });
  await applications.row('Shop').click();
  await page.getByRole('button', { name: 'Export…' }).click();
  const exporting = applications.dialog('Export Shop');
  const preview = exporting.getByRole('region', { name: 'Preview, without the secrets' });
  await expect(preview).toContainText('"name": "Keyfob: Shop, PRODUCTION"');
  await exporting.getByRole('combobox', { name: 'Format' }).selectOption('http-jetbrains');
  await expect(preview).toContainText('### Token: password');
  await expectAccessible(page);
  await takePictures(page, 'applications-export');
  await exporting.getByRole('combobox', { name: 'Format' }).selectOption('apictl');
  await exporting.getByRole('radio', { name: 'Real' }).click();
  await expect(preview).toContainText('consumerSecret: "YOUR_CONSUMER_SECRET"');
  await expect(exporting.getByText(/apictl import app/)).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    exporting.getByRole('button', { name: 'Save as zip' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('admin-Shop.zip');
  const path = await download.path();

  await keyfob.call('keys.regenerateSecret', { application: 'Shop', keyType: 'PRODUCTION' });
  await keyfob.call('applications.update', { application: 'Shop', tier: 'Unlimited' });
  await shell.goTo('Applications');
  await applications.importButton.click();
  const importing = applications.dialog('Import an application');
  await importing.getByRole('radio', { name: 'Text' }).click();
  await importing.getByRole('textbox', { name: 'Text to import' }).fill('hello');
  await importing.getByRole('button', { name: 'Preview' }).click();
  await expect(importing.getByText(/This file has no application and no consumer key/)).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'applications-import');
  await importing.getByRole('radio', { name: 'File' }).click();
  await importing.getByLabel('File to import').setInputFiles(path);
  await importing.getByRole('button', { name: 'Preview' }).click();
  const found = applications.dialog('Preview of this import');
  await expect(found.getByRole('row', { name: 'keys:Shop/PRODUCTION' })).toContainText('another consumerSecret');
  await expectAccessible(page);
  await takePictures(page, 'applications-import-preview');
  await found.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(shell.heading).toHaveText('Shop');
  const keys = await keyfob.call('keys.reveal', { application: 'Shop', keyType: 'PRODUCTION' });
  expect(keys.consumerSecret).toBe(consumerSecret);
  expect((await keyfob.call('applications.read', { application: 'Shop' })).tier).toBe('10PerMin');
});
