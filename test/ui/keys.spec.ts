import { expect, test } from './harness/fixtures.ts';
import type { ServedKeyfob } from './harness/keyfob.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { KeysPage } from './pages/keys.ts';
import type { Shell } from './pages/shell.ts';

const production = { application: 'Shop', keyType: 'PRODUCTION' } as const;

/** The Production keys of a new application, generated or not. */
async function openShop(keyfob: ServedKeyfob, shell: Shell, withKeys: boolean): Promise<KeysPage> {
  const keys = new KeysPage(shell.page);
  const { id } = await keyfob.call('applications.create', { name: 'Shop', description: 'Web shop and its phones' });
  if (withKeys) await keyfob.call('keys.generate', production);
  await keys.show(id, 'PRODUCTION');
  await expect(keys.heading).toHaveText('Shop');
  return keys;
}

async function stateOf(keyfob: ServedKeyfob, id: number): Promise<string> {
  return (await keyfob.call('tokens.read', { token: String(id) })).state;
}

test('leads from no keys to a token, and to a new secret that revokes it', async ({ shell, page, keyfob }) => {
  const keys = await openShop(keyfob, shell, false);
  await expect(keys.part('No Production keys yet')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'keys-none');
  await keys.button('Generate Production keys').click();
  await expect(keys.toast('Production keys of Shop generated.')).toBeVisible();
  await expect(keys.token).toContainText('Active');
  await expect(keys.token).toContainText(/5\d min|1 h/);
  const [keySet] = (await keyfob.call('keys.list', { application: 'Shop' })).items;
  await expect(keys.consumer).toContainText(keySet?.consumerKey ?? 'none');
  await expectAccessible(page);
  await takePictures(page, 'keys-generated');

  const before = await keyfob.call('keys.reveal', production);
  await expect(page.locator('body')).not.toContainText(before.consumerSecret);
  await keys.button('Show the consumer secret').click();
  await expect(keys.consumer).toContainText(before.consumerSecret);
  await keys.button('Copy the consumer secret').click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(before.consumerSecret);

  const [first] = (await keyfob.call('tokens.list', production)).items;
  await keys.button('Regenerate secret').click();
  const question = keys.question('Regenerate the Production secret of Shop?');
  await expect(question).toContainText('1 token stops working immediately');
  await expect(question).toContainText(`Token ${first?.id} · Production · application token`);
  await expectAccessible(page);
  await takePictures(page, 'keys-regenerate', ['1280x800']);
  await question.getByRole('button', { name: 'Regenerate secret' }).click();
  await expect(keys.toast('The consumer secret was regenerated.')).toContainText('1 token of the key set revoked.');
  await expect(keys.consumer).not.toContainText(before.consumerSecret);
  await expect(keys.token).toContainText('No active application token.');
  expect((await keyfob.call('keys.reveal', production)).consumerSecret).not.toBe(before.consumerSecret);
  expect(await stateOf(keyfob, first?.id ?? 0)).toBe('REVOKED');
});

test("sets the keys' initial values, and shows errors next to their fields", async ({ shell, page, keyfob }) => {
  await keyfob.call('scopes.create', { name: 'read:orders', description: 'See orders' });
  const keys = await openShop(keyfob, shell, false);
  await page.getByText('Advanced options').click();
  await page.getByRole('combobox', { name: 'Scopes' }).fill('read');
  await page.getByRole('option', { name: 'read:orders' }).click();
  await page.getByRole('combobox', { name: 'Scopes' }).fill('write:orders,');
  await expect(page.getByText('Not defined, so not granted: write:orders.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Lifetime of the first token' }).fill('15m');
  await expect(page.getByRole('switch', { name: 'Public client' })).toBeHidden();
  await page.getByRole('checkbox', { name: 'Authorization code' }).click();
  await page.getByRole('switch', { name: 'Public client' }).click();
  await expect(page.getByRole('switch', { name: 'PKCE required' })).toBeChecked();
  await expect(page.getByRole('switch', { name: 'PKCE required' })).toBeDisabled();
  await page.getByRole('textbox', { name: 'Callback URL' }).fill('localhost');
  await page.getByRole('radio', { name: 'Renew' }).click();
  await expect(page.getByText(/The callback URL must be an absolute URL/)).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'keys-choose');
  await keys.button('Generate Production keys').click();
  await expect(page.getByText('Fix the marked fields first.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Callback URL' }).fill('http://localhost:3000/callback');
  await keys.button('Generate Production keys').click();
  await expect(keys.token).toContainText('read:orders');
  await expect(keys.token).toContainText(/1[45] min/);
  expect((await keyfob.call('keys.list', { application: 'Shop' })).items).toMatchObject([
    {
      ...{
        callbackUrl: 'http://localhost:3000/callback',
        issueBehaviour: 'renew',
        applicationTokenValiditySeconds: 3600,
      },
      ...{ publicClient: true, pkce: 'optional', pkcePlain: false },
    },
  ]);
});

test('Generate returns the active token and says so; Regenerate replaces it', async ({ shell, page, keyfob }) => {
  const keys = await openShop(keyfob, shell, true);
  const [first] = (await keyfob.call('tokens.list', production)).items;
  await keys.button('Generate').click();
  await expect(keys.token).toContainText('You got the same token.');
  await expectAccessible(page);
  await takePictures(page, 'keys-reused');
  expect((await keyfob.call('tokens.list', production)).items).toHaveLength(1);

  await keys.button('Regenerate').click();
  const question = keys.question('Regenerate the application token?');
  await expect(question).toContainText(`Token ${first?.id}`);
  await takePictures(page, 'keys-reissue', ['1280x800']);
  await question.getByRole('button', { name: 'Regenerate' }).click();
  await expect(keys.token).toContainText(`token ${first?.id} was revoked`);
  expect(await stateOf(keyfob, first?.id ?? 0)).toBe('REVOKED');

  await keys.token.getByRole('textbox', { name: 'Scopes' }).or(keys.token.getByRole('combobox')).fill('device_tv,');
  await keys.token.getByRole('textbox', { name: 'Lifetime' }).fill('never');
  await keys.button('Generate').click();
  await expect(keys.token).toContainText('device_tv');
  await expect(keys.token).toContainText('never');
  const [newest] = (await keyfob.call('tokens.list', production)).items;
  const { accessToken } = await keyfob.call('tokens.reveal', { token: String(newest?.id) });
  await shell.press('Mod+Shift+c');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(accessToken);
  await keys.button('Show the application token').click();
  await expect(keys.token).toContainText(accessToken);
  await keyfob.call('tokens.revoke', { token: String(newest?.id) });
  await expect(keys.token).toContainText('Revoked');
});

test('keeps unsaved changes in a bar, even when the person goes elsewhere', async ({ shell, page, keyfob }) => {
  const keys = await openShop(keyfob, shell, true);
  await expect(keys.unsaved).toBeHidden();
  await keys.settings.getByRole('checkbox', { name: 'Refresh token' }).click();
  await keys.settings.getByRole('textbox', { name: 'Callback URL' }).fill('localhost');
  await expect(keys.unsaved).toContainText('Fix first: Callback URL.');
  await expect(keys.unsaved.getByRole('button', { name: 'Save' })).toBeDisabled();
  await keys.settings.getByRole('textbox', { name: 'Callback URL' }).fill('http://localhost:3000/callback');
  await keys.settings.getByRole('radio', { name: 'Multiple' }).click();
  await keys.settings.getByRole('textbox', { name: 'User token lifetime' }).fill('15m');
  await keys.settings.getByRole('textbox', { name: 'Allowed origins' }).fill('https://app.test:3000,app.test,');
  await expect(keys.unsaved).toContainText('Fix first: Allowed origins.');
  await page.getByRole('button', { name: '1 not valid: remove it' }).click();
  await expect(keys.unsaved).toContainText('Grant types, Callback URL, Issue behaviour');
  await expectAccessible(page);
  await takePictures(page, 'keys-unsaved');

  // Another window changes another member. Both changes are kept.
  await keyfob.call('keys.update', { ...production, refreshTokenValiditySeconds: -1 });
  await expect(keys.settings.getByRole('textbox', { name: 'Refresh token lifetime' })).toHaveValue('never');
  await shell.goTo('Users');
  await keys.toast("Changes to the Production keys of Shop aren't saved.").getByRole('button').first().click();
  await expect(keys.settings.getByRole('textbox', { name: 'User token lifetime' })).toHaveValue('15 min');
  await keys.unsaved.getByRole('button', { name: 'Save' }).click();
  await expect(keys.unsaved).toBeHidden();
  expect((await keyfob.call('keys.list', { application: 'Shop' })).items).toMatchObject([
    {
      grantTypes: ['password', 'client_credentials'],
      callbackUrl: 'http://localhost:3000/callback',
      issueBehaviour: 'multiple',
      userTokenValiditySeconds: 900,
      refreshTokenValiditySeconds: -1,
      allowedOrigins: ['https://app.test:3000'],
    },
  ]);

  await keys.settings.getByRole('radio', { name: 'Reuse' }).click();
  await keys.unsaved.getByRole('button', { name: 'Discard' }).click();
  await expect(keys.settings.getByRole('radio', { name: 'Multiple' })).toBeChecked();
  await expect(keys.unsaved).toBeHidden();
});

test('Production and Sandbox share nothing, and the context follows', async ({ shell, page, keyfob }) => {
  const keys = await openShop(keyfob, shell, true);
  await keys.keyType('Sandbox').click();
  await expect(page).toHaveURL(/\/sandbox$/);
  await expect(keys.part('No Sandbox keys yet')).toBeVisible();
  await shell.press('Mod+Enter');
  await expect(keys.token).toContainText('Active');
  await takePictures(page, 'keys-sandbox');
  const { items } = await keyfob.call('keys.list', { application: 'Shop' });
  expect(new Set(items.map(({ consumerKey }) => consumerKey)).size).toBe(2);
  const sandbox = items.find(({ keyType }) => keyType === 'SANDBOX');
  await expect(page.getByRole('complementary')).toContainText(sandbox?.consumerKey ?? 'none');
  await page.goBack();
  await expect(keys.keyType('Production')).toBeChecked();
});

test('explains revoked keys, and a new secret reactivates them', async ({ shell, page, keyfob }) => {
  const keys = await openShop(keyfob, shell, true);
  await keys.button('Actions for these keys').click();
  await page.getByRole('menuitem', { name: 'Revoke these keys…' }).click();
  const question = keys.question('Revoke the Production keys of Shop?');
  await expect(question).toContainText('1 token stops working immediately');
  await question.getByRole('button', { name: 'Revoke keys' }).click();
  await expect(keys.consumer).toContainText('These keys are revoked.');
  await expect(keys.token).toContainText("Revoked keys can't get tokens.");
  await expectAccessible(page);
  await takePictures(page, 'keys-revoked');
  await keys.button('Regenerate secret').click();
  await keys
    .question(/Regenerate/)
    .getByRole('button', { name: 'Regenerate secret' })
    .click();
  await expect(keys.button('Generate')).toBeVisible();
  expect((await keyfob.call('keys.list', { application: 'Shop' })).items).toMatchObject([{ state: 'ACTIVE' }]);
});

test('offers to add the grant for application tokens', async ({ shell, page, keyfob }) => {
  const keys = await openShop(keyfob, shell, true);
  await keyfob.call('keys.update', { ...production, grantTypes: ['password'] });
  await expect(keys.token).toContainText('They lack the client credentials grant.');
  await expectAccessible(page);
  await keys.button('Add the grant').click();
  await expect(keys.button('Generate')).toBeVisible();
});

test('shows no secret while presenting, and hides shown ones', async ({ shell, page, keyfob }) => {
  const keys = await openShop(keyfob, shell, true);
  const { consumerSecret } = await keyfob.call('keys.reveal', production);
  await keys.button('Show the consumer secret').click();
  await expect(keys.consumer).toContainText(consumerSecret);
  await shell.press('Mod+Shift+h');
  await expect(page.locator('body')).not.toContainText(consumerSecret);
  await keys.button('Show the consumer secret').click({ force: true });
  await expect(page.locator('body')).not.toContainText(consumerSecret);
});

test('works by keyboard alone: keys, token, a saved setting', async ({ shell, page, keyfob }) => {
  const keys = await openShop(keyfob, shell, false);
  await expect(keys.part('No Production keys yet')).toBeVisible();
  await shell.press('Mod+Enter');
  await expect(keys.token).toContainText('Active');
  await shell.press('Mod+Enter');
  await expect(keys.token).toContainText('You got the same token.');
  const reuse = keys.settings.getByRole('radio', { name: 'Reuse' });
  await reuse.focus();
  const renew = keys.settings.getByRole('radio', { name: 'Renew' });
  // People hold a key for a moment, and only then the next option has the focus.
  await page.keyboard.down('ArrowRight');
  await expect(renew).toBeFocused();
  await page.keyboard.up('ArrowRight');
  await expect(renew).toBeChecked();
  await shell.press('Mod+Enter');
  await expect(keys.unsaved).toBeHidden();
  expect((await keyfob.call('keys.list', { application: 'Shop' })).items).toMatchObject([{ issueBehaviour: 'renew' }]);
});

test('chooses the token format of new and existing keys', async ({ shell, page, keyfob }) => {
  const keys = await openShop(keyfob, shell, false);
  await page.getByText('Advanced options').click();
  await page.getByRole('combobox', { name: 'Token format' }).selectOption({ label: 'JWT of RFC 9068' });
  await expect(page.getByRole('main')).toContainText('Obeys the issue behaviour.');
  await keys.button('Generate Production keys').click();
  await expect(keys.toast('Production keys of Shop generated.')).toBeVisible();
  const formats = async () => (await keyfob.call('keys.list', {})).items.map((one) => one.tokenFormat);
  expect(await formats()).toEqual(['rfc9068']);
  await keys.settings.getByRole('combobox', { name: 'Token format' }).selectOption('apim26');
  await keys.unsaved.getByRole('button', { name: 'Save' }).click();
  await expect.poll(formats).toEqual(['apim26']);
});

test('stores the keys of another server from its sample command, and addresses it', async ({ shell, page, keyfob }) => {
  const keys = await openShop(keyfob, shell, false);
  await keys.button('Provide existing keys…').click();
  const form = page.getByRole('dialog', { name: 'Provide existing Production keys of Shop' });
  const base64 = Buffer.from('staging key:a "hostile" s:cret').toString('base64');
  const command = `curl -k -X POST https://gw.example.com:8243/token -d "grant_type=client_credentials" -H "Authorization: Basic ${base64}"`;
  await form.getByRole('button', { name: 'Store keys' }).click();
  await expect(form.getByText('Enter the consumer secret.')).toBeVisible();
  await form.getByLabel('Consumer secret').fill('short');
  await expect(form.getByText('A consumer secret of fewer than 16 characters is easily guessed.')).toBeVisible();
  await form.getByRole('textbox', { name: 'Sample curl command or keys' }).fill('wget');
  await form.getByRole('button', { name: 'Fill the fields' }).click();
  await expect(form.getByText(/This text has no curl command/)).toBeVisible();
  await form.getByRole('textbox', { name: 'Sample curl command or keys' }).fill(command);
  await form.getByRole('button', { name: 'Fill the fields' }).click();
  await expect(form.getByText('Filled from the text.')).toBeVisible();
  await expect(form.getByRole('textbox', { name: 'Sample curl command or keys' })).toHaveValue('');
  await expect(form.getByRole('textbox', { name: 'Consumer key' })).toHaveValue('staging key');
  await expect(form.getByRole('textbox', { name: 'Token address' })).toHaveValue('https://gw.example.com:8243/token');
  await expect(form.getByRole('textbox', { name: 'Revocation address' })).toHaveValue(
    'https://gw.example.com:8243/revoke',
  );
  await form.getByRole('textbox', { name: 'CA certificate' }).fill('not PEM');
  await form.getByRole('button', { name: 'Store keys' }).click();
  await expect(form.getByText(/starts with -----BEGIN CERTIFICATE/)).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'keys-provide');
  await form.getByRole('textbox', { name: 'CA certificate' }).fill('');
  await form.getByRole('button', { name: 'Store keys' }).click();
  await expect(form).toBeHidden();

  await expect(keys.consumer).toContainText('From WSO2 3.2 · gw.example.com:8243');
  expect((await keyfob.call('keys.reveal', production)).consumerSecret).toBe('a "hostile" s:cret');
  await expect(keys.button('Regenerate secret')).toBeHidden();
  const server = keys.part('Server');
  await expect(server).toContainText('https://gw.example.com:9443/oauth2/introspect');
  const snippets = page.getByRole('complementary', { name: 'Snippets' });
  await expect(snippets.getByText(/https:\/\/gw\.example\.com:8243\/token/)).toBeVisible();
  const run = snippets.getByRole('button', { name: 'Run', exact: true });
  await expect(run).toHaveAttribute('aria-disabled', 'true');
  await expect(snippets.getByText(/Keyfob calls this machine only/)).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'keys-provided');
  await snippets.getByRole('radio', { name: 'This machine' }).click();
  await expect(snippets.getByText(/https:\/\/localhost:\d+\/token/)).toBeVisible();

  await keys.button('Generate').click();
  await expect(keys.token).toContainText('Active');
  await server.getByRole('switch', { name: 'Also serve here' }).click();
  await expect(server).toContainText('This machine refuses these keys.');
  await expect(keys.token).toBeHidden();
  await expect(snippets.getByText(/https:\/\/gw\.example\.com:8243\/token/)).toBeVisible();
  await keys.button('Edit server').click();
  const edit = page.getByRole('dialog', { name: 'Server of the Production keys of Shop' });
  await expect(edit.getByRole('textbox', { name: 'Consumer secret' })).toHaveValue('');
  await edit.getByRole('textbox', { name: 'Revocation address' }).fill('');
  await takePictures(page, 'keys-server', ['1280x800']);
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(edit).toBeHidden();
  await expect(server).toContainText('unknown');
  expect((await keyfob.call('keys.reveal', production)).consumerSecret).toBe('a "hostile" s:cret');
});
