import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import type { ServedKeyfob } from './harness/keyfob.ts';
import { Shell } from './pages/shell.ts';

/** More than the six connections that a browser allows per address. */
const many = 8;

async function openTabs(page: Page, keyfob: ServedKeyfob, count: number): Promise<Shell[]> {
  const tabs: Shell[] = [];
  for (let at = 0; at < count; at += 1) {
    const tab = new Shell(at === 0 ? page : await page.context().newPage());
    await tab.open(await keyfob.newUrl());
    tabs.push(tab);
  }
  return tabs;
}

async function shows(tab: Shell, text: string): Promise<void> {
  // Browsers throttle background tabs.
  await tab.page.bringToFront();
  await expect(tab.page.getByRole('main').getByText(text).first()).toBeVisible();
}

/** The pages that requested the events, newest last. */
function watchStreams(page: Page): { readonly pages: readonly Page[] } {
  const pages: Page[] = [];
  page.context().on('request', (request) => {
    if (request.url().endsWith('/events')) pages.push(request.frame().page());
  });
  return { pages };
}

test('more tabs than connections all get events and can call', async ({ page, keyfob }) => {
  const streams = watchStreams(page);
  const tabs = await openTabs(page, keyfob, many);
  expect(streams.pages).toHaveLength(1);
  await keyfob.call('applications.create', { name: 'Shop' });
  for (const tab of tabs) await shows(tab, 'Shop');
  await keyfob.call('scopes.create', { name: 'orders:read' });
  for (const tab of tabs) {
    await tab.page.bringToFront();
    await tab.goTo('Scopes');
    await shows(tab, 'orders:read');
  }
});

test('another tab follows the events when their tab closes', async ({ page, keyfob }) => {
  const streams = watchStreams(page);
  const tabs = await openTabs(page, keyfob, 3);
  for (const next of [2, 3]) {
    await streams.pages.at(-1)?.close();
    await expect.poll(() => streams.pages.length).toBe(next);
    const left = tabs.filter(({ page: one }) => !one.isClosed());
    await keyfob.call('applications.create', { name: `Shop ${next}` });
    for (const tab of left) await shows(tab, `Shop ${next}`);
  }
});

test('a frozen tab does not keep the events from the visible one', async ({ page, keyfob }) => {
  const streams = watchStreams(page);
  const [first, second] = await openTabs(page, keyfob, 2);
  if (first === undefined || second === undefined) throw new Error('two tabs were to be opened');
  const chromium = await page.context().newCDPSession(first.page);
  await chromium.send('Debugger.enable');
  const paused = new Promise((done) => chromium.once('Debugger.paused', done));
  await chromium.send('Debugger.pause');
  await paused;
  const third = new Shell(await page.context().newPage());
  await third.open(await keyfob.newUrl());
  await expect.poll(() => streams.pages.length).toBe(2);
  await keyfob.call('applications.create', { name: 'Shop' });
  await shows(second, 'Shop');
  await shows(third, 'Shop');
  await chromium.send('Debugger.resume');
  await keyfob.call('applications.create', { name: 'Billing' });
  for (const tab of [first, second, third]) await shows(tab, 'Billing');
});

test("one tab's expired session does not affect the others", async ({ page, keyfob, faults }) => {
  faults.expect(/status of 401/);
  const [first, second] = await openTabs(page, keyfob, 2);
  if (first === undefined || second === undefined) throw new Error('two tabs were to be opened');
  await first.page.evaluate(() => sessionStorage.setItem('keyfob.session', 'no longer one'));
  await first.page.reload();
  await expect(first.heading).toHaveText('Disconnected');
  await keyfob.call('applications.create', { name: 'Shop' });
  await shows(second, 'Shop');
});
