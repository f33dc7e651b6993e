import { expect, type Locator, type Page } from '@playwright/test';

/** The command palette. */
export class Palette {
  readonly page: Page;
  readonly dialog: Locator;
  readonly options: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole('dialog', { name: 'Command palette' });
    this.options = this.dialog.getByRole('option');
  }

  /** Opens it by its shortcut. */
  async open(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k');
    await expect(this.dialog.getByRole('combobox')).toBeFocused();
  }

  /** Opens it, types, waits until the wanted entry comes first, and chooses it. */
  async run(words: string, option: string | RegExp): Promise<void> {
    await this.open();
    await this.page.keyboard.type(words);
    await expect(this.dialog.getByRole('option', { selected: true })).toHaveText(option);
    await this.page.keyboard.press('Enter');
    await expect(this.dialog).toBeHidden();
  }
}
