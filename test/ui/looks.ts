import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export const themes = ['light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

const sizes = { '1280x800': { width: 1280, height: 800 }, '960x640': { width: 960, height: 640 } } as const;

/** Shows the page in a theme, as choosing it would. */
async function showTheme(page: Page, theme: Theme): Promise<void> {
  await page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, theme);
}

/** No violation that axe can find, in any of the three themes. */
export async function expectAccessible(page: Page): Promise<void> {
  const before = await page.evaluate(() => document.documentElement.dataset.theme ?? 'light');
  for (const theme of themes) {
    await showTheme(page, theme);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const told = violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ html }) => html) }));
    expect(told, `axe in the ${theme} theme`).toEqual([]);
  }
  await showTheme(page, before as Theme);
}

/** Pictures of what the page shows now, in light and dark and in both sizes: `test-results/screens/<name>-<theme>-<size>.png`. */
export async function takePictures(
  page: Page,
  name: string,
  inSizes: readonly (keyof typeof sizes)[] = ['1280x800', '960x640'],
): Promise<void> {
  const before = page.viewportSize();
  for (const size of inSizes) {
    await page.setViewportSize(sizes[size]);
    for (const theme of ['light', 'dark'] as const) {
      await showTheme(page, theme);
      await page.screenshot({ path: `test-results/screens/${name}-${theme}-${size}.png`, animations: 'disabled' });
    }
  }
  if (before !== null) await page.setViewportSize(before);
  await showTheme(page, 'light');
}
