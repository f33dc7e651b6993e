import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { takePicture } from './harness/looks.ts';
import { places } from './harness/places.ts';
import { fillTokens } from './harness/tokenScene.ts';
import { EveryButton } from './pages/everyButton.ts';

// 1280×800 at 200 %, with reduced motion.
test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

/** Controls of the topmost dialog or the page that can't be scrolled into view, as outer HTML. */
const outOfReach = (page: Page) =>
  page.evaluate(() => {
    const around = [...document.querySelectorAll('[role="dialog"], [role="alertdialog"]')].at(-1) ?? document.body;
    const all = [...around.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex="0"]')];
    const lost = all.filter((one) => {
      if (!one.checkVisibility() || one.matches(':disabled') || one.closest('[aria-hidden="true"]')) return false;
      // It scrolls into view with the focus.
      if (one.textContent === 'Skip to the screen') return false;
      one.scrollIntoView({ block: 'center', inline: 'center' });
      const { left, top, width, height } = one.getBoundingClientRect();
      if (width <= 1 || height <= 1) return false;
      // For elements larger than the page, one visible edge is enough.
      const x = Math.min(left + width / 2, innerWidth - 2);
      const y = Math.min(top + height / 2, innerHeight - 2);
      const hit = document.elementFromPoint(x, y);
      const seen = hit !== null && (one.contains(hit) || hit.contains(one) || one.closest('label')?.contains(hit));
      return !seen || (left < -1 && width < innerWidth) || (top < -1 && height < innerHeight);
    });
    return lost.map((one) => one.outerHTML.slice(0, 200));
  });

/** Pixels by which the page, a screen within it or the status bar scrolls sideways. */
const sideways = (page: Page) =>
  page.evaluate(() =>
    Math.max(
      ...[document.documentElement, document.body, ...document.querySelectorAll('main, [data-edge]')].map(
        (one) => one.scrollWidth - one.clientWidth,
      ),
    ),
  );

/** Boxes that their text overflows, as outer HTML. */
const overflowing = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      // Icons of buttons may overhang by some pixels, to align their edges with text.
      .filter((one) => one.checkVisibility() && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 10)
      .filter((one) => getComputedStyle(one).overflowX === 'visible' && one.textContent !== '')
      .map((one) => one.outerHTML.slice(0, 200)),
  );

/** Buttons of rows that lie outside of their table's visible width, as outer HTML. */
const cutRowButtons = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('[role="gridcell"]:last-child > *')]
      .filter((one) => {
        const table = one.closest('[role="grid"]')?.parentElement?.getBoundingClientRect();
        return table !== undefined && one.getBoundingClientRect().right > table.right + 1;
      })
      .map((one) => one.outerHTML.slice(0, 200)),
  );

/** Neighbouring controls of a bar or a form that are on one line, but not exactly, as outer HTML. */
const uneven = (page: Page) =>
  page.evaluate(() => {
    const lines = [...document.querySelectorAll('*')].filter((one) => /flex|grid/.test(getComputedStyle(one).display));
    return lines.flatMap((line) => {
      const controls = [...line.querySelectorAll('button, input, select')].filter(
        (one) => one.checkVisibility() && one.clientHeight > 14 && one.closest('[role="grid"]') === null,
      );
      if (controls.length > 14) return [];
      return controls.slice(1).flatMap((one, index) => {
        const [before, after] = [controls[index] ?? one, one].map((box) => box.getBoundingClientRect());
        if (before === undefined || after === undefined) return [];
        const apart = Math.abs(before.top + before.height / 2 - after.top - after.height / 2);
        return apart > 0.6 && apart < 6 ? [one.outerHTML.slice(0, 200)] : [];
      });
    });
  });

for (const [screen, ofScreen = []] of Object.entries(Object.groupBy(places, (place) => place.split('/')[0] ?? ''))) {
  test(`everything is reachable at 200 % zoom: ${screen}`, async ({ shell: _, page, keyfob }) => {
    await fillTokens(keyfob);
    for (const place of ofScreen) {
      await new EveryButton(page, `#/${place}`).go();
      await takePicture(page, `zoom-${place.replaceAll('/', '-')}-light-640x400`);
      await expect.poll(() => sideways(page), place).toBe(0);
      await expect.poll(() => cutRowButtons(page), place).toEqual([]);
      await expect.poll(() => uneven(page), place).toEqual([]);
      await expect.poll(() => outOfReach(page), place).toEqual([]);
    }
  });
}

test('dialogs, palette and pane are usable at 200 % zoom', async ({ shell, page, keyfob }) => {
  await fillTokens(keyfob);
  const look = async (name: string) => {
    await takePicture(page, `zoom-${name}-light-640x400`);
    await expect.poll(() => sideways(page), name).toBe(0);
    await expect.poll(() => outOfReach(page), name).toEqual([]);
  };
  await shell.press('Mod+k');
  await expect(shell.dialog('Command palette')).toBeVisible();
  await look('palette');
  await shell.escape();
  await shell.press('Mod+/');
  await expect(shell.dialog('Shortcuts')).toBeVisible();
  await look('shortcuts');
  await shell.escape();
  for (const [screen, title] of [
    ['Applications', 'New application'],
    ['Users', 'New user'],
    ['Scopes', 'New scope'],
  ] as const) {
    await shell.goTo(screen);
    await expect(shell.heading).toHaveText(screen);
    await shell.press('Alt+n');
    await expect(shell.dialog(title)).toBeVisible();
    await look(title.replace(' ', '-'));
    await shell.escape();
    await expect(shell.dialog(title)).toBeHidden();
  }
  await shell.goTo('Tokens');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await expect(shell.dialog('Choose a filter')).toBeVisible();
  await look('filter');
  await shell.escape();
  await shell.goTo('Device tokens');
  await expect(page.getByLabel('Devices', { exact: true })).toBeFocused();
  await shell.press('Mod+Shift+g');
  await expect(shell.snippets.getByRole('tab').first()).toBeVisible();
  await takePicture(page, 'zoom-snippets-light-640x400');
  const pane = await shell.snippets.boundingBox();
  expect(pane?.x).toBeGreaterThanOrEqual(56);
  await shell.snippets.getByRole('tab', { name: 'Call an API' }).click();
  await expect(shell.snippets.getByLabel('URL', { exact: true })).toBeVisible();
});

test('names without spaces stay in their boxes or have a tooltip, and the status bar stays in the window', async ({
  shell,
  page,
  keyfob,
}) => {
  const name = 'W'.repeat(100);
  const username = 'u'.repeat(100);
  await keyfob.call('users.create', { username, password: 'right', roles: ['r'.repeat(100)] });
  await keyfob.call('scopes.create', { name: 's'.repeat(60), roles: ['r'.repeat(100)] });
  await keyfob.call('applications.create', { name, owner: username });
  const keys = { application: name, keyType: 'PRODUCTION' } as const;
  await keyfob.call('keys.generate', keys);
  await keyfob.call('devices.mint', { ...keys, username, device: ['d'.repeat(50)] });
  await keyfob.call('settings.write', { clockOffsetSeconds: 90_000 });
  for (const [width, height] of [
    [1280, 800],
    [400, 640],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const place of places.filter((one) => !one.startsWith('settings'))) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/${place}`);
      await expect(shell.heading).toBeVisible();
      await expect(page.getByRole('main').locator('[aria-busy="true"]')).toHaveCount(0);
      const at = `${place} at ${width}`;
      await expect.poll(() => sideways(page), at).toBe(0);
      await expect.poll(() => overflowing(page), at).toEqual([]);
      await expect.poll(() => uneven(page), at).toEqual([]);
      await takePicture(page, `long-${place.replaceAll('/', '-')}-light-${width}`);
    }
  }
  await shell.goTo('Applications');
  await page.getByRole('main').getByText(name).hover();
  // The tooltip is for the eye only.
  await expect(page.locator('[aria-hidden="true"]').filter({ hasText: name })).toBeVisible();
});

test('nothing moves with reduced motion', async ({ shell, page }) => {
  await shell.press('Mod+k');
  await expect(shell.dialog('Command palette')).toBeVisible();
  const moving = await page.evaluate(() =>
    document.getAnimations().map((animation) => ({
      name: animation instanceof CSSAnimation ? animation.animationName : 'transition',
      duration: animation.effect?.getComputedTiming().duration,
    })),
  );
  expect(moving.filter(({ duration }) => Number(duration) > 0)).toEqual([]);
});
