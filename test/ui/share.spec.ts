import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator } from '@playwright/test';
import { test as base, expect } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { Snippets } from './pages/snippets.ts';

const run = promisify(execFile);
const password = 's3cret';
const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;

interface Scene {
  readonly snippets: Snippets;
  readonly dialog: Locator;
}

const test = base.extend<{ readonly scene: Scene }>({
  scene: async ({ keyfob, shell }, use) => {
    await keyfob.call('applications.create', { name: 'Shop' });
    await keyfob.call('keys.generate', shop);
    await keyfob.call('users.create', { username: 'tester', password });
    await keyfob.call('endpoint.start', { port: 0 });
    const snippets = new Snippets(shell.page);
    await expect(snippets.command).toContainText('username=tester');
    await use({ snippets, dialog: shell.dialog('Share this call') });
  },
});

test('the saved folder runs from anywhere, with variables', async ({ scene: { snippets, dialog }, page, keyfob }) => {
  await snippets.button('Share this call…').press('Enter');
  await expect(dialog.getByRole('radio', { name: 'This machine' })).toBeFocused();
  await expect(dialog).toContainText('4 files: call.sh, ca.pem, .env.example, README.txt');
  await expect(dialog).toContainText('A new token expires after 1 h.');
  await dialog.getByRole('checkbox', { name: 'Node' }).press('Space');
  await expect(dialog).toContainText('5 files: call.sh, call.mjs');
  await expectAccessible(page);
  await takePictures(page, 'share', ['1280x800']);
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as zip' }).press('Enter');
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('keyfob-shop-token.zip');
  await expect(dialog).toBeHidden();
  await expect(snippets.button('Share this call…')).toBeFocused();

  const folder = mkdtempSync(join(tmpdir(), 'keyfob share '));
  const extract = 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])';
  await run('python3', ['-c', extract, await saved.path(), folder]);
  const call = join(folder, 'keyfob-shop-token');
  const { caFile } = await keyfob.call('endpoint.status', {});
  for (const name of readdirSync(call)) {
    const text = readFileSync(join(call, name), 'utf8');
    expect(text).not.toContain(caFile.replace(/ca\.pem$/, ''));
    expect(text).not.toContain(password);
  }
  const { consumerSecret } = await keyfob.call('keys.reveal', shop);
  const { PATH } = process.env;
  const env = { PATH, KEYFOB_CONSUMER_SECRET: consumerSecret, KEYFOB_PASSWORD: password };
  const { stdout } = await run('bash', [join(call, 'call.sh')], { cwd: '/', env });
  expect(JSON.parse(stdout)).toMatchObject({ token_type: 'Bearer' });
  rmSync(folder, { recursive: true });
});

test('for the same network it adds a name on request, and says how far it leads', async ({
  scene: { snippets, dialog },
  page,
  keyfob,
}) => {
  await snippets.button('Share this call…').click();
  await dialog.getByRole('radio', { name: 'Same network' }).click();
  await expect(dialog).toContainText('The endpoint answers on this machine only.');
  await expect(dialog.getByRole('button', { name: 'Save as zip' })).toBeDisabled();
  const name = dialog.getByLabel('Address or name of this machine');
  await name.fill('shop.example.com');
  await name.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('.local');
  await name.fill('phone.test');
  await takePictures(page, 'shareNetwork', ['1280x800']);
  await name.press('Enter');
  await expect(dialog.getByLabel('Address', { exact: true })).toHaveValue('phone.test');
  const { port, names } = await keyfob.call('endpoint.status', {});
  expect(names).toContain('phone.test');
  await expect(dialog).toContainText(`https://phone.test:${port}/token`);
  await expect(dialog).toContainText(/listens on 127\.0\.0\.1 and ::1 only/);
  await expectAccessible(page);
});

test('the dialog ends with its screen, and stays closed', async ({ scene: { snippets, dialog }, page, shell }) => {
  for (const [address, title] of Object.entries({ '#/users': 'Users', '#/endpoint/certificate': 'Endpoint' })) {
    await shell.goTo('Device tokens');
    await snippets.button('Share this call…').click();
    await expect(dialog).toBeVisible();
    await page.evaluate((hash) => {
      location.hash = hash;
    }, address);
    await expect(shell.heading).toHaveText(title);
    await expect(dialog).toBeHidden();
  }
  await shell.goTo('Device tokens');
  await expect(snippets.command).toContainText('username=tester');
  await expect(dialog).toBeHidden();
});

test('from elsewhere it writes a call for another Keyfob, and real secrets only on request', async ({
  scene: { snippets, dialog },
  page,
  keyfob,
}) => {
  await snippets.button('Share this call…').click();
  await dialog.getByRole('radio', { name: 'Real' }).click();
  await expect(dialog).toContainText('The export holds real secrets');
  const { consumerSecret } = await keyfob.call('keys.reveal', shop);
  await expect(dialog).not.toContainText(consumerSecret);
  await dialog.getByRole('radio', { name: 'Elsewhere' }).click();
  await expect(dialog).toContainText('This endpoint cannot be reached from elsewhere.');
  await expect(dialog.getByRole('radio', { name: 'Real' })).toBeDisabled();
  await expect(dialog).toContainText('YOUR_CONSUMER_KEY');
  await takePictures(page, 'shareElsewhere', ['1280x800']);
  await dialog.getByRole('radio', { name: 'This machine' }).click();
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as zip' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('keyfob-shop-token-with-secrets.zip');
  expect(readFileSync(await saved.path(), 'utf8')).toContain(consumerSecret);
});
