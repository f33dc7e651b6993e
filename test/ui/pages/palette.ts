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

  /** Opens it by its shortcut. A dialog that just closed would take the focus back, and letters with it. */
  async open(): Promise<void> {
    await expect(this.page.locator('[role$="dialog"]')).toHaveCount(0);
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
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

/** Closes a dialog once it takes keys: before that it would miss Escape. A dialog that is still closing takes the focus back. */
export async function closeDialog(dialog: Locator): Promise<void> {
  await expect(dialog).toBeVisible();
  await expect(async () => {
    await dialog.press('Escape', { timeout: 1000 });
    await expect(dialog).toBeHidden({ timeout: 1000 });
  }).toPass();
}
