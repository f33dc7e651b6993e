import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, expect, type Page } from '@playwright/test';
import { buildStale } from '../../main/packaging/build.ts';
import { formatCount } from '../../renderer/ui/facts/count.ts';
import { chromiumArgs, findChromium } from '../ui/harness/chromium.ts';
import { Devices } from '../ui/pages/devices.ts';
import { TokensPage } from '../ui/pages/tokens.ts';
import type { Seeded } from './seed.ts';

/** What one opening of the window came to, in milliseconds. */
export interface WindowTimes {
  /** From going to the tokens to the frame with their first rows, the screen's code loaded on the way. */
  readonly firstRows: number;
  /** The longest frame while the table is scrolled, by and by and from end to end. */
  readonly scrollFrame: number;
  /** The longest frame while it is filtered, letter by letter and by a choice. */
  readonly filterFrame: number;
  /** From a press on a column's name to the frame with the first rows in its order: the slowest of all orders. */
  readonly sortedRows: number;
  /** The longest time in it in which the main process did nothing else. */
  readonly sortBlock: number;
  /** From the press to the news that a thousand devices have their tokens. */
  readonly mint: number;
  /** The longest time in it in which the main process did nothing else. */
  readonly mintBlock: number;
}

const minted = 1000;

/** Opens the window over a copy of a store, so many times, in a real Chromium. */
export async function measureWindow(folder: string, seeded: Seeded, rounds: number): Promise<readonly WindowTimes[]> {
  if (buildStale(['renderer']) !== 0) throw new Error('the window could not be built');
  const copy = await mkdtemp(join(folder, 'window-'));
  await cp(seeded.folder, copy, { recursive: true });
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: [...chromiumArgs],
    ...(executablePath !== undefined && { executablePath }),
  });
  try {
    const times: WindowTimes[] = [];
    // The first opening fills caches of the disk and does not count.
    for (let round = 0; round <= rounds; round += 1) {
      const server = fork(join(import.meta.dirname, 'windowServer.ts'), [copy], { execArgv: [] });
      const ask = async (): Promise<number> => {
        server.send('');
        return Number((await once(server, 'message'))[0]);
      };
      const [url] = await once(server, 'message');
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      const measured = await measure(await context.newPage(), String(url), ask, round);
      if (round > 0) times.push(measured);
      await context.close();
      server.disconnect();
      await once(server, 'exit');
    }
    return times;
  } finally {
    await browser.close();
    await rm(copy, { recursive: true, force: true });
  }
}

async function measure(page: Page, url: string, blocked: () => Promise<number>, round: number): Promise<WindowTimes> {
  const tokens = new TokensPage(page);
  await tokens.open(url);
  await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => undefined);
  const firstRows = await timeFirstRows(page);
  await expect(tokens.count).toBeVisible();
  const scrollFrame = await longestFrame(page, () => scroll(page));
  const filterFrame = await longestFrame(page, () => filter(page));
  const sorted = await sort(page, blocked);
  return { firstRows, scrollFrame, filterFrame, ...sorted, ...(await mint(page, blocked, round)) };
}

const timeFirstRows = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const began = performance.now();
        const look = () => {
          const there = document.querySelector('[data-index] button[aria-label^="Copy token"]') !== null;
          // In the next frame, the one with the rows is painted.
          requestAnimationFrame(there ? () => resolve(performance.now() - began) : look);
        };
        location.hash = '#/tokens';
        requestAnimationFrame(look);
      }),
  );

/** The longest time between two frames while something is done. */
async function longestFrame(page: Page, act: () => Promise<void>): Promise<number> {
  const record = await page.evaluateHandle(() => {
    const seen = { longestMs: 0, running: true };
    const next = (beforeMs: number) => (nowMs: number) => {
      seen.longestMs = Math.max(seen.longestMs, nowMs - beforeMs);
      if (seen.running) requestAnimationFrame(next(nowMs));
    };
    requestAnimationFrame((nowMs) => requestAnimationFrame(next(nowMs)));
    return seen;
  });
  await act();
  return record.evaluate((seen) => {
    seen.running = false;
    return seen.longestMs;
  });
}

/** Two seconds as with a wheel, then one from end to end as with the scroll bar. */
const scroll = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const box = document.querySelector('[role="grid"][aria-label="Tokens"]')?.parentElement;
    if (box === null || box === undefined) throw new Error('There is no table to scroll.');
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    for (let step = 0; step < 120; step += 1) {
      box.scrollTop += 120;
      await frame();
    }
    for (let step = 0; step <= 60; step += 1) {
      box.scrollTop = (box.scrollHeight * step) / 60;
      await frame();
    }
  });

/** Types a text, takes it back, and does the same with a choice. Found by plain selectors: others take time of the page. */
async function filter(page: Page): Promise<void> {
  const narrowed = (is: boolean) =>
    page.waitForFunction(
      (expected) => document.querySelector('main span[role="status"]')?.textContent?.includes(' of ') === expected,
      is,
    );
  await page.locator('search input').focus();
  await page.keyboard.type('r00000001', { delay: 70 });
  await narrowed(true);
  await page.keyboard.press('Escape');
  await narrowed(false);
  await page.locator('search button[aria-haspopup]').click();
  await page.keyboard.type('State: Revoked');
  await page.keyboard.press('Enter');
  await narrowed(true);
  await page.locator('search button[title="Remove"]').click();
  await narrowed(false);
}

/** Sorts by every column that can, upwards and downwards, and back to the usual order. */
async function sort(
  page: Page,
  blocked: () => Promise<number>,
): Promise<Pick<WindowTimes, 'sortedRows' | 'sortBlock'>> {
  const before = page.viewportSize();
  // All of these columns are shown.
  await page.setViewportSize({ width: 1920, height: 800 });
  await blocked();
  let sortedRows = 0;
  for (const column of ['Issued', 'Expires', 'Last used']) {
    const button = page.getByRole('grid', { name: 'Tokens' }).getByRole('button', { name: column, exact: true });
    for (let press = 0; press < 3; press += 1) sortedRows = Math.max(sortedRows, await button.evaluate(timeOrder));
  }
  const sortBlock = await blocked();
  if (before !== null) await page.setViewportSize(before);
  return { sortedRows, sortBlock };
}

/** Presses a column's name in the page. Gives the time until the first rows are drawn in the new order. */
const timeOrder = (button: HTMLElement | SVGElement): Promise<number> =>
  new Promise((resolve) => {
    const began = performance.now();
    const table = button.closest('[role="grid"]')?.parentElement?.parentElement;
    (button as HTMLElement).click();
    const look = () => {
      const isRead = document.querySelector('[data-index="0"]:not([aria-busy])') !== null;
      const there = isRead && table?.hasAttribute('aria-busy') === false;
      requestAnimationFrame(there ? () => resolve(performance.now() - began) : look);
    };
    requestAnimationFrame(look);
  });

async function mint(
  page: Page,
  blocked: () => Promise<number>,
  round: number,
): Promise<Pick<WindowTimes, 'mint' | 'mintBlock'>> {
  const devices = new Devices(page);
  await devices.goTo('Device tokens');
  await devices.paste(Array.from({ length: minted }, (_, at) => `round${round}-${at}`).join(' '));
  await expect(devices.mint).toHaveText(`Mint ${formatCount(minted)} tokens`);
  await blocked();
  const mintMs = await devices.mint.evaluate(
    (button, done) =>
      new Promise<number>((resolve) => {
        const began = performance.now();
        const look = () => {
          const told = [...document.querySelectorAll('main [role="status"]')].some((status) =>
            status.textContent?.includes(done),
          );
          if (told) resolve(performance.now() - began);
          else requestAnimationFrame(look);
        };
        (button as HTMLButtonElement).click();
        look();
      }),
    `${formatCount(minted)} different tokens minted`,
  );
  return { mint: mintMs, mintBlock: await blocked() };
}
