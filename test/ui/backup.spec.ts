import { readFileSync } from 'node:fs';
import { type AgeTool, newAgeTool } from '../helpers/age.ts';
import { test as base, expect } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { SettingsPage } from './pages/settings.ts';

const backupPassphrase = 'a passphrase of the backup';

const test = base.extend<{ settings: SettingsPage; age: AgeTool }>({
  age: async ({ keyfob: _ }, use) => {
    const { remove, ...age } = newAgeTool();
    await use(age);
    remove();
  },

  settings: async ({ page, keyfob }, use) => {
    await keyfob.call('applications.create', { name: 'Shop' });
    await keyfob.call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
    await keyfob.call('applications.create', { name: 'Store' });
    const settings = new SettingsPage(page);
    await settings.open(await keyfob.newUrl());
    await settings.section('Backup');
    await use(settings);
  },
});

test('creates a backup under a passphrase, which alone opens it', async ({ settings, page }) => {
  await expectAccessible(page);
  await takePictures(page, 'settingsBackup');
  await page.getByRole('button', { name: 'Create backup…' }).click();
  const making = settings.dialog('Create backup');
  await making.getByLabel('Backup passphrase').fill(backupPassphrase);
  await making.getByLabel('Repeat passphrase').fill('another one');
  await making.getByRole('button', { name: 'Create backup' }).click();
  await expect(making.getByText("Passphrases don't match.")).toBeVisible();
  await takePictures(page, 'backupMake');
  await making.getByLabel('Repeat passphrase').fill(backupPassphrase);
  const downloading = page.waitForEvent('download', { timeout: 60_000 });
  await making.getByRole('button', { name: 'Create backup' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^keyfob-\d{4}-\d\d-\d\d\.age$/);
  const file = await download.path();
  expect(readFileSync(file, 'latin1')).toMatch(/^age-encryption\.org\/v1\n-> scrypt /);

  await page.getByRole('button', { name: 'Open backup…' }).click();
  const opening = settings.dialog('Open backup');
  await opening.getByLabel('Backup file').setInputFiles(file);
  await opening.getByLabel('Backup passphrase').fill('not this one');
  await opening.getByRole('button', { name: 'Preview' }).click();
  await expect(opening.getByText('Wrong passphrase for this backup')).toBeVisible({ timeout: 60_000 });
  await opening.getByLabel('Backup passphrase').fill(backupPassphrase);
  await opening.getByRole('button', { name: 'Preview' }).click();
  const changes = settings.dialog('Preview of this backup');
  await expect(changes.getByText('Everything in this backup is already here.')).toBeVisible({ timeout: 60_000 });
  await expect(changes.getByRole('button', { name: 'Import' })).toBeDisabled();
});

test('previews the changes of a backup by kind before the import', async ({ settings, page, keyfob, age }) => {
  await keyfob.call('settings.write', { clockOffsetSeconds: 60 });
  const { file } = await keyfob.call('backup.export', { recipients: [age.recipient] });
  await keyfob.call('settings.write', { clockOffsetSeconds: 0 });
  await keyfob.call('applications.update', { application: 'Shop', tier: '20PerMin' });
  await keyfob.call('applications.update', { application: 'Store', name: 'Warehouse' });
  await page.getByRole('button', { name: 'Open backup…' }).click();
  const opening = settings.dialog('Open backup');
  const buffer = Buffer.from(file, 'base64');
  await opening.getByLabel('Backup file').setInputFiles({ name: 'a.age', mimeType: '', buffer });
  await opening.getByLabel('Private key').fill(/AGE-SECRET-KEY-\S+/.exec(age.keyFile)?.[0] ?? '');
  await opening.getByRole('button', { name: 'Preview' }).click();
  const changes = settings.dialog('Preview of this backup');
  const applications = changes.getByRole('region', { name: 'Applications' });
  await expect(applications.getByRole('listitem')).toHaveText('Store');
  await expect(applications.getByRole('heading')).toHaveText('Applications 1 new, 1 conflict');
  const setting = changes.getByRole('region', { name: 'Settings' }).getByRole('row', { name: /Clock offset/ });
  await expect(setting).toContainText('will become 60 (now: default)');
  const take = changes.getByRole('button', { name: 'Import' });
  await expect(take).toBeDisabled();
  await expectAccessible(page);
  await takePictures(page, 'backupPreview');
  await changes.getByLabel('Choice for Shop').selectOption('Take theirs');
  await take.click();
  await expect(settings.toast('Backup imported')).toBeVisible();
  const { items } = await keyfob.call('applications.list', {});
  expect(items.map(({ name, tier }) => [name, tier])).toEqual([
    ['Warehouse', 'Unlimited'],
    ['Shop', 'Unlimited'],
    ['Store', 'Unlimited'],
  ]);
});

test('encrypts chosen applications for a recipient, and refuses files that are no backups', async ({
  settings,
  page,
  age,
}) => {
  await page.getByRole('button', { name: 'Create backup…' }).click();
  const making = settings.dialog('Create backup');
  await making.getByRole('radio', { name: 'Some applications' }).click();
  await expect(making.getByRole('button', { name: 'Create backup' })).toBeDisabled();
  await making.getByRole('checkbox', { name: 'Store' }).click();
  await making.getByRole('radio', { name: 'age key' }).click();
  await making.getByRole('textbox', { name: 'Recipients' }).fill(age.recipient);
  const downloading = page.waitForEvent('download');
  await making.getByRole('button', { name: 'Create backup' }).click();
  const text = age.decrypt(readFileSync(await (await downloading).path()).toString('base64'));
  expect(text).toContain('"Store"');
  expect(text).not.toContain('"Shop"');

  await page.getByRole('button', { name: 'Open backup…' }).click();
  const opening = settings.dialog('Open backup');
  const buffer = Buffer.from('no backup');
  await opening.getByLabel('Backup file').setInputFiles({ name: 'a.age', mimeType: 'text/plain', buffer });
  await expect(opening.getByText("Can't open this file. It isn't a Keyfob or age backup.")).toBeVisible();
});

test('the doctor checks everything and gives a text to paste', async ({ settings, page, keyfob }) => {
  await keyfob.call('settings.write', { clockOffsetSeconds: 60, port: 0 });
  await settings.section('About');
  const doctor = settings.part('Doctor');
  await doctor.getByRole('button', { name: 'Run check' }).click();
  await expect(doctor.getByRole('row', { name: /Clock warning token time is moved 1 min forward/ })).toBeVisible();
  await expect(doctor.getByRole('row', { name: /Database ok/ })).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'settingsDoctor');
  await doctor.getByRole('button', { name: 'Copy the findings of the doctor' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^ok: Program: Keyfob /);
});

test('exports a keyfob.yaml, and applies one after a preview', async ({ settings, page, keyfob }) => {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export keyfob.yaml' }).click();
  const file = readFileSync(await (await downloading).path(), 'utf8');
  expect(file).toMatch(/^keyfob: 1\n/);
  await expect(settings.toast('Saved keyfob.yaml')).toContainText('1 secret replaced by names');

  const text = `${file.trimEnd().replace('name: Store', 'name: Store\n    description: Second')}
  - name: Third
`;
  await page.getByRole('button', { name: 'Apply keyfob.yaml…' }).click();
  const opening = settings.dialog('Apply keyfob.yaml');
  const choose = (content: string) =>
    opening.getByLabel('File').setInputFiles({ name: 'keyfob.yaml', mimeType: '', buffer: Buffer.from(content) });
  await choose('keyfob: 1\nuser: []\n');
  await opening.getByRole('button', { name: 'Preview' }).click();
  await expect(opening.getByText('Line 2, column 1: user is unknown here.')).toBeVisible();
  await choose(text);
  const { consumerSecret } = await keyfob.call('keys.reveal', { application: 'Shop', keyType: 'PRODUCTION' });
  await opening.getByLabel('SHOP_PRODUCTION_SECRET').fill(consumerSecret);
  await expect(opening.getByRole('button', { name: 'Preview' })).toBeEnabled();
  await takePictures(page, 'describeApply');
  await opening.getByRole('button', { name: 'Preview' }).click();
  const changes = settings.dialog('Changes of this file');
  await expect(changes.getByRole('row')).toHaveCount(3);
  await expect(changes.getByRole('row', { name: /application:Store/ })).toContainText('description "" → "Second"');
  await expect(changes.getByRole('row', { name: /application:Third/ })).toContainText('create');
  await expectAccessible(page);
  await takePictures(page, 'describePreview');
  await changes.getByRole('button', { name: 'Apply' }).click();
  await expect(changes).toBeHidden();
  const { items } = await keyfob.call('applications.list', {});
  expect(items.map(({ name }) => name).sort()).toEqual(['Shop', 'Store', 'Third']);
});

test('removes what a sealed keyfob.yaml does not name, after its number is typed', async ({
  settings,
  page,
  keyfob,
  age,
}) => {
  const { text } = await keyfob.call('describe.export', { secrets: 'age', recipients: [age.recipient] });
  await keyfob.call('applications.create', { name: 'Old shop' });
  await keyfob.call('scopes.create', { name: 'old' });
  await page.getByRole('button', { name: 'Apply keyfob.yaml…' }).click();
  const opening = settings.dialog('Apply keyfob.yaml');
  await opening.getByLabel('File').setInputFiles({ name: 'keyfob.yaml.age', mimeType: '', buffer: Buffer.from(text) });
  const open = async (key: string) => {
    await opening.getByLabel('Private key').fill(key);
    await opening.getByRole('button', { name: 'Preview' }).click();
  };
  await open('no key');
  await expect(opening.getByText('This is not an age private key')).toBeVisible();
  await open(/AGE-SECRET-KEY-\S+/.exec(age.keyFile)?.[0] ?? '');
  const changes = settings.dialog('Changes of this file');
  await expect(changes.getByText('Everything in this file is already so.')).toBeVisible();
  await expect(changes.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await changes.getByLabel('Scopes').check();
  await expect(changes.getByRole('row', { name: /scope:old/ })).toContainText('remove');
  await changes.getByLabel('Applications').check();
  await expect(changes.getByRole('row', { name: /application:Old shop/ })).toContainText('with its keys');
  const button = changes.getByRole('button', { name: 'Apply and remove 2 items' });
  await expect(button).toBeDisabled();
  await changes.getByLabel('Type 2 items to confirm').fill('2 items');
  await expectAccessible(page);
  await takePictures(page, 'describePrune');
  await keyfob.call('scopes.create', { name: 'newer' });
  await button.click();
  await expect(opening.getByText('scope:newer was added after the preview. Preview the file again.')).toBeVisible();
  await opening.getByRole('button', { name: 'Preview' }).click();
  await changes.getByLabel('Scopes').check();
  await changes.getByLabel('Applications').check();
  await changes.getByLabel('Type 3 items to confirm').fill('3 items');
  await changes.getByRole('button', { name: 'Apply and remove 3 items' }).click();
  await expect(changes).toBeHidden();
  expect((await keyfob.call('scopes.list', {})).items).toEqual([]);
  const { items } = await keyfob.call('applications.list', {});
  expect(items.map(({ name }) => name)).not.toContain('Old shop');
});
