import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from '@playwright/test';
import axe from 'axe-core';
import { test as base, expect, listen } from './harness/fixtures.ts';
import type { ServedKeyfob } from './harness/keyfob.ts';
import { takePicture } from './harness/looks.ts';
import { UsersPage } from './pages/users.ts';

/** A browser of a user, which trusts the endpoint's certificate and may run without scripts. */
async function visit(browser: Browser, javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, javaScriptEnabled });
  await listen(context, (fault) => {
    // The first try of a password is wrong on purpose.
    if (!/status of 401/.test(fault)) throw new Error(fault);
  });
  return await context.newPage();
}

interface Fixtures {
  /** The callback of the app under test: a page on another port. */
  readonly callback: string;
  /** The address at which the app sends its users. */
  readonly start: string;
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that one needs off its parameter.
  callback: async ({}, use) => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>App</title><h1>The app</h1>');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/cb`);
    server.closeAllConnections();
    server.close();
  },

  start: async ({ keyfob, callback }, use) => {
    await use(await prepare(keyfob, callback));
  },
});

/** Gives the address at which the app sends its users. */
async function prepare({ call }: ServedKeyfob, callback: string): Promise<string> {
  await call('users.create', { username: 'ann', password: 'right' });
  await call('applications.create', { name: 'Shop' });
  await call('scopes.create', { name: 'orders:read', description: 'Reads the orders of the signed-in user' });
  const { consumerKey } = await call('keys.generate', {
    ...{ application: 'Shop', keyType: 'PRODUCTION', grantTypes: ['authorization_code', 'refresh_token'] },
    callbackUrl: 'http://127.0.0.1/cb',
  });
  const { port = 0 } = await call('endpoint.start', { port: 0 });
  const query = new URLSearchParams({
    client_id: consumerKey,
    redirect_uri: callback,
    response_type: 'code',
    state: 's',
  });
  return `https://localhost:${port}/authorize?${query}&scope=orders%3Aread+unknown`;
}

const looks = [
  { theme: 'light', media: { colorScheme: 'light', contrast: 'no-preference' } },
  { theme: 'dark', media: { colorScheme: 'dark', contrast: 'no-preference' } },
  { theme: 'contrast', media: { colorScheme: 'dark', contrast: 'more' } },
] as const;

/** No violation that axe can find, in the theme of each system preference. */
async function expectAccessible(page: Page, name: string): Promise<void> {
  for (const { theme, media } of looks) {
    await page.emulateMedia(media);
    await takePicture(page, `signIn-${name}-${theme}`);
    await page.evaluate(axe.source);
    const violations = await page.evaluate(async () => {
      const { axe: inPage } = globalThis as unknown as { axe: { run: typeof axe.run } };
      const found = await inPage.run(document, { resultTypes: ['violations'] });
      return found.violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }));
    });
    expect(violations, `axe in the ${theme} theme of ${name}`).toEqual([]);
  }
}

test('a user signs in, approves for good, signs out, and the window withdraws the consent', async ({
  browser,
  start,
  callback,
  shell,
  page: window,
  keyfob,
}) => {
  const page = await visit(browser, true);
  await page.goto(start);
  await expect(page).toHaveTitle('Sign in to Shop');
  await expectAccessible(page, 'login');
  await page.getByLabel('Username').fill('ann');
  await page.getByLabel('Password').fill('wrong');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText(/Wrong username or password/);
  await expect(page.getByLabel('Username')).toHaveValue('ann');
  await expectAccessible(page, 'loginFailed');
  await page.getByLabel('Password').fill('right');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Allow Shop?');
  await expect(page.getByRole('listitem')).toHaveText(['orders:read Reads the orders of the signed-in user']);
  await expect(page.getByText('Scopes not granted: unknown (not defined).')).toBeVisible();
  await expectAccessible(page, 'consent');
  await page.getByRole('button', { name: 'Always approve' }).click();
  await page.waitForURL((url) => url.href.startsWith(`${callback}?code=`));
  await page.goto(start);
  await page.waitForURL((url) => url.href.startsWith(`${callback}?code=`));
  const { origin, searchParams } = new URL(start);
  const logout = new URLSearchParams({ post_logout_redirect_uri: callback, state: 'left' });
  await page.goto(`${origin}/oidc/logout?${logout}&client_id=${searchParams.get('client_id')}`);
  await expect(page.getByRole('heading')).toHaveText('Sign out?');
  await expect(page.getByText('Shop asks you to sign out. This browser is signed in as ann.')).toBeVisible();
  await expectAccessible(page, 'logout');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${callback}?state=left`);
  await page.goto(start);
  await expect(page).toHaveTitle('Sign in to Shop');
  await page.goto(`${origin}/oidc/logout`);
  await expect(page.getByRole('heading')).toHaveText('Signed out');
  await takePicture(page, 'signIn-signedOut');
  await page.context().close();

  await expect(shell.navigation).toBeVisible();
  const users = new UsersPage(window);
  await users.show();
  await users.row('ann').getByText('ann', { exact: true }).click();
  const dialog = users.dialog('ann');
  await expect(dialog).toContainText('Shop orders:read unknown');
  await dialog.getByRole('button', { name: 'Withdraw the consent to Shop' }).click();
  await takePicture(window, 'users-withdrawConsent');
  await window.getByRole('button', { name: 'Withdraw consent' }).click();
  await expect(dialog.getByRole('button', { name: 'Withdraw the consent to Shop' })).toBeHidden();
  await expect.poll(async () => (await keyfob.call('consents.list', {})).items).toEqual([]);
});

test('the pages work without scripts, with one click per user, and deny tells the app', async ({
  browser,
  start,
  callback,
}) => {
  const page = await visit(browser, false);
  await page.goto(start);
  await page.getByRole('button', { name: 'ann' }).click();
  await page.getByRole('button', { name: 'Deny' }).click();
  await page.waitForURL((url) =>
    url.href.startsWith(`${callback}?error_description=User+denied+the+consent&state=s&error=access_denied&iss=`),
  );
  await page.goto(start);
  await page.getByRole('button', { name: 'Approve with an expired code' }).click();
  await page.waitForURL((url) => url.href.startsWith(`${callback}?code=`));
  await page.goto(`${start}&response_mode=form_post`);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(page.getByRole('heading')).toHaveText('Back to the app');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading')).toHaveText('The app');
  await page.context().close();
});

test('form_post sends its form at once where scripts run, and errors are pages', async ({ browser, start }) => {
  const page = await visit(browser, true);
  await page.goto(`${start}&response_mode=form_post`);
  await page.getByRole('button', { name: 'ann' }).click();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(page.getByRole('heading')).toHaveText('The app');
  await page.context().close();

  const other = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await other.goto(start.replace('%2Fcb', '%2FcB'));
  await expect(other.getByRole('alert')).toHaveText('Registered callback does not match with the provided url.');
  await expect(other.getByText(/differ from character \d+ on/)).toBeVisible();
  await expectAccessible(other, 'error');
  await other.context().close();
});
