import { expect, type Locator, type Page } from '@playwright/test';

/** The text input above a list of options. */
export const choicesBox = (page: Page): Locator => page.locator('[data-radix-popper-content-wrapper] [cmdk-input]');

/** The base of all page models: the page, and the layers above any screen. */
export class Window {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The only h1. */
  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  /** The open dialog, by its title. */
  dialog(title: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name: title });
  }

  /** The toasts with this text. */
  toast(text: string | RegExp): Locator {
    return this.page
      .getByRole('region', { name: /notification/i })
      .getByRole('listitem')
      .filter({ hasText: text });
  }

  /** The chip that says when a copied secret is cleared. */
  get clipboardChip(): Locator {
    return this.page.getByRole('contentinfo').getByText(/clipboard/i);
  }

  /** Opens an address of the window, and waits until it is drawn and takes keys. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await expect(this.heading).toBeVisible();
    await expect(this.page.locator('main[aria-busy="true"]').filter({ visible: true })).toHaveCount(0);
  }

  /** Presses Escape for the topmost layer, which takes keys only once it has the focus. */
  async escape(): Promise<void> {
    const focused = '[role="dialog"]:focus-within, [role="alertdialog"]:focus-within, [role="menu"]:focus-within';
    await expect(this.page.locator(focused).last()).toBeVisible();
    // Radix finds out which layer is the topmost only in a render after the focus moved.
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await this.page.keyboard.press('Escape');
  }

  /** Waits until the opened menu takes keys. */
  async menuTakesKeys(): Promise<void> {
    await expect(this.page.getByRole('menuitem').first()).toBeFocused();
  }

  /** Types into the input of the opened list, once it takes keys. */
  async typeToFind(text: string): Promise<void> {
    await expect(choicesBox(this.page)).toBeFocused();
    await this.page.keyboard.type(text);
  }

  /** Presses a shortcut of the window. `Mod` is this system's key. */
  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys.replace('Mod', 'ControlOrMeta'));
  }
}
