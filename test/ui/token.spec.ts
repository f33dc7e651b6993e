import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { fillTokens } from './harness/tokenScene.ts';
import { TokenPage } from './pages/token.ts';
import { TokensPage } from './pages/tokens.ts';

/** Opens a token's page by its address. */
async function openToken(page: Page, id: number): Promise<TokenPage> {
  const token = new TokenPage(page);
  await page.evaluate((address) => {
    location.hash = address;
  }, `#/tokens/${id}`);
  await expect(token.heading).toHaveText(`Token ${id}`);
  return token;
}

test("shows a token's reason, its values on demand, and its facts", async ({ shell: _, page, keyfob }) => {
  const { ipad } = await fillTokens(keyfob);
  const token = await openToken(page, ipad);
  await expect(token.why).toContainText('New: there was no live token for user ann');
  await expect(token.why).toContainText('Reused once so far.');
  await expect(token.why).toContainText(/Now: valid, for another (1 h|59 min)/);
  const events = ['Expires', 'Reused, once so far', 'Issued'];
  for (const [index, title] of events.entries()) await expect(token.events.nth(index)).toContainText(title);

  const { accessToken, refreshToken } = await keyfob.call('tokens.reveal', { token: String(ipad) });
  await expect(page.getByText(accessToken)).toBeHidden();
  await token.values.getByRole('button', { name: 'Show the access token' }).press('Enter');
  await expect(token.values).toContainText(accessToken);
  await token.values.getByRole('button', { name: 'Hide the access token' }).press('Enter');
  await expect(token.values).not.toContainText(accessToken);
  await token.values.getByRole('button', { name: 'Copy the refresh token' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(refreshToken);
  await token.press('Mod+Shift+h');
  await token.values.getByRole('button', { name: 'Show the access token' }).press('Enter');
  await expect(token.values).not.toContainText(accessToken);
  await token.press('Mod+Shift+h');

  await expectAccessible(page);
  await takePictures(page, 'token');
  await token.facts.getByRole('link', { name: 'ann' }).click();
  await new TokensPage(page).expectCount('5 of 14 tokens');
});

test('a refresh leads to the new token, and both link to each other', async ({ shell: _, page, keyfob }) => {
  const { pixel } = await fillTokens(keyfob);
  const token = await openToken(page, pixel);
  await token.button(/^Refresh$/).click();
  const next = pixel + 2;
  await expect(token.heading).toHaveText(`Token ${next}`);
  await expect(token.why).toContainText(`refreshed with the refresh token of token ${pixel}`);
  await expect(token.events).toHaveCount(3);
  await expect(token.events.nth(0)).toContainText('Expires');
  await expect(token.events.nth(1)).toContainText('Issued by a refresh token');
  await expect(token.events.nth(2)).toContainText(`Token ${pixel} issued`);
  await expect(token.events.nth(2)).toContainText('Inactive');
  await takePictures(page, 'tokenRefreshed');
  await token.events
    .nth(2)
    .getByRole('link', { name: `Token ${pixel}` })
    .click();
  await expect(token.heading).toHaveText(`Token ${pixel}`);
  await expect(token.events.filter({ hasText: 'Retired: its refresh token was used' })).toContainText(`token ${next}`);
  await expect(token.button(/^Refresh$/)).toBeHidden();
  await expect(token.button('Revoke…')).toBeHidden();
});

test('draws each renewed token of the tuple on the time line', async ({ shell: _, page, keyfob }) => {
  const of = { application: 'Shop', keyType: 'PRODUCTION' } as const;
  await keyfob.call('applications.create', { name: 'Shop' });
  const { token: first } = await keyfob.call('keys.generate', { ...of, issueBehaviour: 'renew' });
  const second = await keyfob.call('tokens.issue', of);
  const third = await keyfob.call('tokens.issue', of);
  const token = await openToken(page, second.id);
  const texts = [
    `Token ${third.id} issued`,
    'Retired: a new one took its place',
    'Issued in place of the previous one',
    `Token ${first.id} issued`,
  ];
  for (const [index, text] of texts.entries()) await expect(token.events.nth(index)).toContainText(text);
  await expect(token.why).toContainText('this key set renews');
  await token.why
    .getByRole('link', { name: `token ${first.id}` })
    .first()
    .click();
  await expect(token.heading).toHaveText(`Token ${first.id}`);
  await expect(token.values).toContainText('request application tokens again instead');
});

test('expires in 10 s while it is watched', { tag: '@browser' }, async ({ page, keyfob }) => {
  const { pixel, ipad } = await fillTokens(keyfob);
  await page.clock.install();
  const token = new TokenPage(page);
  await token.open(await keyfob.newUrl());
  await openToken(page, pixel);
  await token.button('Expire in 10 s').click();
  await expect(token.toast(`Token ${pixel} expires in 10 s.`)).toBeVisible();
  await expect(page.getByRole('main')).toContainText(/^.*Active\s*(10|9|8|7) s/);
  await takePictures(page, 'tokenExpiring', ['1280x800']);
  await keyfob.advanceSeconds(12);
  await page.clock.runFor(12_000);
  await expect(page.getByRole('main')).toContainText('Expired');
  await expect(token.why).toContainText('Now: expired.');
  await expect(token.events.filter({ hasText: /^Expired/ })).toHaveCount(1);
  expect((await keyfob.call('tokens.read', { token: String(pixel) })).valid).toBe(false);

  await openToken(page, ipad);
  await token.button('Expire now').click();
  await expect(page.getByRole('main')).toContainText('Expired');
  await expect(token.events.filter({ hasText: 'Its expiry was set by hand' })).toHaveCount(1);
});

test('revokes this token, and all of its device, from the page', async ({ shell: _, page, keyfob }) => {
  const { ipad, pixel } = await fillTokens(keyfob);
  const token = await openToken(page, ipad);
  await token.button('Revoke…').click();
  await token.dialog(`Revoke token ${ipad}?`).getByRole('button', { name: 'Revoke 1 token' }).click();
  await expect(token.why).toContainText('Now: REVOKED, for good.');
  await openToken(page, pixel);
  await token.button('Actions for this token').click();
  await page.getByRole('menuitem', { name: 'Revoke all of the device pixel…' }).click();
  const dialog = token.dialog('Revoke all active tokens of the device pixel?');
  await expect(dialog).toContainText(`Token ${pixel}: pixel`);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(token.button('Actions for this token')).toBeFocused();
  // The dialog handles that Escape. The next one is the page's.
  await expect(token.heading).toHaveText(`Token ${pixel}`);
  await page.keyboard.press('Escape');
  await expect(token.heading).toHaveText('Tokens');
});

test('reports an unknown token, and leads back', async ({ shell: _, page }) => {
  const token = await openToken(page, 4711);
  await expect(page.getByText("This token doesn't exist")).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'tokenGone');
  await page.getByRole('button', { name: 'Back to the tokens' }).click();
  await expect(token.heading).toHaveText('Tokens');
});

test('decodes a JWT on demand, and tells who still accepts it once it is revoked', async ({
  shell: _,
  page,
  keyfob,
}) => {
  const of = { application: 'Shop', keyType: 'PRODUCTION' } as const;
  await keyfob.call('applications.create', { name: 'Shop' });
  const { token: issued } = await keyfob.call('keys.generate', { ...of, tokenFormat: 'apim32' });
  const { claims, key } = await keyfob.call('tokens.decode', { token: String(issued.id) });
  const token = await openToken(page, issued.id);
  await expect(token.content).not.toContainText(String(claims.jti));
  await token.content.getByRole('button', { name: 'Decode' }).click();
  await expect(token.content).toContainText(`Good: signed by the RS256 key ${key?.kid}, which is signing.`);
  await expect(token.content).toContainText(String(claims.jti));
  await expect(token.content).toContainText('Expires (exp)');
  await expect(token.facts).toContainText('apim32');
  await expectAccessible(page);
  await takePictures(page, 'tokenContent');
  await token.content.getByRole('button', { name: 'Hide the content' }).click();
  await expect(token.content).not.toContainText(String(claims.jti));

  await keyfob.call('signingKeys.rotate', { algorithm: 'RS256' });
  await keyfob.call('tokens.revoke', { token: String(issued.id) });
  await expect(token.why).toContainText('a verifier that only checks its signature still accepts it until its exp');
  await token.content.getByRole('button', { name: 'Decode' }).click();
  await expect(token.content).toContainText('which is retired.');
});

test('an opaque token has no content to decode', async ({ shell: _, page, keyfob }) => {
  const { ipad } = await fillTokens(keyfob);
  const token = await openToken(page, ipad);
  await expect(token.values).toBeVisible();
  await expect(token.content).toBeHidden();
});
