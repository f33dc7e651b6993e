import { expect, type Locator, type Page } from '@playwright/test';

/** The text box above a list of choices. */
export const choicesBox = (page: Page): Locator => page.locator('[data-radix-popper-content-wrapper] [cmdk-input]');

/** What every page model has: the page, and what lies above any screen. */
export class Window {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The only heading of the first level. */
  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  /** The dialog that is open, by its title. */
  dialog(title: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name: title });
  }

  /** News in the corner that say this. */
  toast(text: string | RegExp): Locator {
    return this.page
      .getByRole('region', { name: /notification/i })
      .getByRole('listitem')
      .filter({ hasText: text });
  }

  /** The chip that tells what becomes of a copied secret. */
  get clipboardChip(): Locator {
    return this.page.getByRole('contentinfo').getByText(/clipboard/i);
  }

  /** Opens an address of the window, and waits until it knows what to show, and takes keys. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await expect(this.heading).toBeVisible();
    await expect(this.page.locator('main[aria-busy="true"]').filter({ visible: true })).toHaveCount(0);
  }

  /** Presses Escape for what lies on top, which hears it only once it has the focus. */
  async escape(): Promise<void> {
    const focused = '[role="dialog"]:focus-within, [role="alertdialog"]:focus-within, [role="menu"]:focus-within';
    await expect(this.page.locator(focused).last()).toBeVisible();
    await this.page.keyboard.press('Escape');
  }

  /** Waits until the menu just opened takes keys. */
  async menuTakesKeys(): Promise<void> {
    await expect(this.page.getByRole('menuitem').first()).toBeFocused();
  }

  /** Types into the box of the list of choices just opened, once it takes keys. */
  async typeToFind(text: string): Promise<void> {
    await expect(choicesBox(this.page)).toBeFocused();
    await this.page.keyboard.type(text);
  }

  /** Presses a shortcut of the window; `Mod` is what this system uses. */
  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys.replace('Mod', 'ControlOrMeta'));
  }
}
