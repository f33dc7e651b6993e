import { expect, type JSHandle, type Page } from '@playwright/test';
import axe from 'axe-core';
import { newLooks } from './newLooks.ts';

export const themes = ['light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

const sizes = { '1280x800': { width: 1280, height: 800 }, '960x640': { width: 960, height: 640 } } as const;

/** Shows the page in a theme, as choosing it would. */
async function showTheme(page: Page, theme: Theme): Promise<void> {
  await page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, theme);
}

/** Rules of axe whose answer depends on colors. The others answer the same in each theme. */
const colorRules = ['color-contrast', 'link-in-text-block'];

/** Runs rules of axe: those of colors on some elements, or all others on the document. Gives the violations. */
async function findViolations(page: Page, where: JSHandle<Element[]> | 'document'): Promise<readonly object[]> {
  // A page keeps axe until it loads again; sending its half megabyte each time costs more than its rules.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return await page.evaluate(
    async ({ where, rules }) => {
      const { axe: inPage } = globalThis as unknown as { axe: { run: typeof axe.run } };
      const { violations } = await inPage.run(where === 'document' ? document : (where as unknown as Element[]), {
        // Without this axe describes each element that passes a rule as well, which takes several times longer.
        resultTypes: ['violations'],
        ...(where === 'document'
          ? { rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: false }])) }
          : { runOnly: { type: 'rule', values: rules } }),
      });
      return violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ html }) => html) }));
    },
    { where, rules: colorRules },
  );
}

/** No violation that axe can find, in any of the three themes. */
export async function expectAccessible(page: Page): Promise<void> {
  // A screen whose code is still loading is empty.
  await page.locator('h1').first().waitFor({ state: 'attached' });
  expect(await findViolations(page, 'document'), 'axe').toEqual([]);
  const { texts, found } = await newLooks(page);
  if (found === 0) return;
  const before = await page.evaluate(() => document.documentElement.dataset.theme ?? 'light');
  for (const theme of themes) {
    await showTheme(page, theme);
    expect(await findViolations(page, texts), `axe in the ${theme} theme`).toEqual([]);
  }
  await showTheme(page, before as Theme);
}

/** Pictures are for people to look at; `npm run pictures` takes them. */
const wantsPictures = process.env.KEYFOB_PICTURES === '1';

/** Takes one picture of the page as it is, where pictures are wanted: `test-results/screens/<name>.png`. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (!wantsPictures) return;
  await page.screenshot({ path: `test-results/screens/${name}.png`, animations: 'disabled' });
}

/**
 * Takes pictures of the page in light and dark and in both sizes, where pictures are wanted:
 * `test-results/screens/<name>-<theme>-<size>.png`.
 */
export async function takePictures(
  page: Page,
  name: string,
  inSizes: readonly (keyof typeof sizes)[] = ['1280x800', '960x640'],
): Promise<void> {
  if (!wantsPictures) return;
  const before = page.viewportSize();
  for (const size of inSizes) {
    await page.setViewportSize(sizes[size]);
    for (const theme of ['light', 'dark'] as const) {
      await showTheme(page, theme);
      await takePicture(page, `${name}-${theme}-${size}`);
    }
  }
  if (before !== null) await page.setViewportSize(before);
  await showTheme(page, 'light');
}
