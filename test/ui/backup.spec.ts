import { readFileSync } from 'node:fs';
import { type AgeTool, newAgeTool } from '../helpers/age.ts';
import { test as base, expect } from './fixtures.ts';
import { expectAccessible, takePictures } from './looks.ts';
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

test('a backup is made under a passphrase, which alone opens it', async ({ settings, page }) => {
  await expectAccessible(page);
  await takePictures(page, 'settingsBackup');
  await page.getByRole('button', { name: 'Make a backup…' }).click();
  const making = settings.dialog('Make a backup');
  await making.getByLabel('Passphrase of the backup').fill(backupPassphrase);
  await making.getByLabel('The same again').fill('another one');
  await making.getByRole('button', { name: 'Make it' }).click();
  await expect(making.getByText('The two are not the same.')).toBeVisible();
  await takePictures(page, 'backupMake');
  await making.getByLabel('The same again').fill(backupPassphrase);
  const downloading = page.waitForEvent('download', { timeout: 60_000 });
  await making.getByRole('button', { name: 'Make it' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^keyfob-\d{4}-\d\d-\d\d\.age$/);
  const file = await download.path();
  expect(readFileSync(file, 'latin1')).toMatch(/^age-encryption\.org\/v1\n-> scrypt /);

  await page.getByRole('button', { name: 'Open a backup…' }).click();
  const opening = settings.dialog('Open a backup');
  await opening.getByLabel('File of the backup').setInputFiles(file);
  await opening.getByLabel('Passphrase of the backup').fill('not this one');
  await opening.getByRole('button', { name: 'Look inside' }).click();
  await expect(opening.getByText('This passphrase does not open the backup')).toBeVisible({ timeout: 60_000 });
  await opening.getByLabel('Passphrase of the backup').fill(backupPassphrase);
  await opening.getByRole('button', { name: 'Look inside' }).click();
  const changes = settings.dialog('What this backup would change');
  await expect(changes.getByText('Everything in this backup is here already')).toBeVisible({ timeout: 60_000 });
  await expect(changes.getByRole('button', { name: 'Take it over' })).toBeDisabled();
});

test('what a backup would change is shown before it is taken over', async ({ settings, page, keyfob, age }) => {
  const { file } = await keyfob.call('backup.export', { recipients: [age.recipient] });
  await keyfob.call('applications.update', { application: 'Shop', tier: 'Gold' });
  await keyfob.call('applications.update', { application: 'Store', name: 'Warehouse' });
  await page.getByRole('button', { name: 'Open a backup…' }).click();
  const opening = settings.dialog('Open a backup');
  const buffer = Buffer.from(file, 'base64');
  await opening.getByLabel('File of the backup').setInputFiles({ name: 'a.age', mimeType: '', buffer });
  await opening.getByLabel('Private key').fill(/AGE-SECRET-KEY-\S+/.exec(age.keyFile)?.[0] ?? '');
  await opening.getByRole('button', { name: 'Look inside' }).click();
  const changes = settings.dialog('What this backup would change');
  await expect(changes.getByRole('row', { name: /application Store new/ })).toBeVisible();
  const take = changes.getByRole('button', { name: 'Take it over' });
  await expect(take).toBeDisabled();
  await expectAccessible(page);
  await takePictures(page, 'backupPreview');
  await changes.getByLabel('What becomes of application Shop').selectOption('Take theirs');
  await take.click();
  await expect(settings.toast('The backup is taken over.')).toBeVisible();
  const { items } = await keyfob.call('applications.list', {});
  expect(items.map(({ name, tier }) => [name, tier])).toEqual([
    ['Warehouse', 'Unlimited'],
    ['Shop', 'Unlimited'],
    ['Store', 'Unlimited'],
  ]);
});

test('chosen applications go to a recipient, and what is no backup says so', async ({ settings, page, age }) => {
  await page.getByRole('button', { name: 'Make a backup…' }).click();
  const making = settings.dialog('Make a backup');
  await making.getByRole('radio', { name: 'Some applications' }).click();
  await expect(making.getByRole('button', { name: 'Make it' })).toBeDisabled();
  await making.getByRole('checkbox', { name: 'Store' }).click();
  await making.getByRole('radio', { name: 'A private key of age' }).click();
  await making.getByRole('textbox', { name: 'Recipient' }).fill(age.recipient);
  const downloading = page.waitForEvent('download');
  await making.getByRole('button', { name: 'Make it' }).click();
  const text = age.decrypt(readFileSync(await (await downloading).path()).toString('base64'));
  expect(text).toContain('"Store"');
  expect(text).not.toContain('"Shop"');

  await page.getByRole('button', { name: 'Open a backup…' }).click();
  const opening = settings.dialog('Open a backup');
  const buffer = Buffer.from('no backup');
  await opening.getByLabel('File of the backup').setInputFiles({ name: 'a.age', mimeType: 'text/plain', buffer });
  await expect(opening.getByText('This is not a file that age or Keyfob encrypted')).toBeVisible();
});

test('the doctor looks after everything, and says it in words to paste', async ({ settings, page, keyfob }) => {
  await keyfob.call('settings.write', { clockOffsetSeconds: 60, port: 0 });
  await settings.section('About');
  const doctor = settings.part('Doctor');
  await doctor.getByRole('button', { name: 'Run check' }).click();
  await expect(doctor.getByRole('row', { name: /Clock warning token time is moved by 60 s/ })).toBeVisible();
  await expect(doctor.getByRole('row', { name: /Database ok/ })).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'settingsDoctor');
  await doctor.getByRole('button', { name: 'Copy the findings of the doctor' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^ok: Program: Keyfob /);
});
