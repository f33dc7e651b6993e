import { expect, type Locator } from '@playwright/test';
import { ContextBar } from './context.ts';
import { Shell } from './shell.ts';

/** The screen of device tokens. */
export class Devices extends Shell {
  get context(): ContextBar {
    return new ContextBar(this.page);
  }

  get main(): Locator {
    return this.page.getByRole('main');
  }

  get names(): Locator {
    return this.page.getByLabel('Devices', { exact: true });
  }

  /** The input for device names. */
  get chips(): Locator {
    return this.page.getByRole('list', { name: 'devices' }).getByRole('listitem');
  }

  /** The primary button. */
  get mint(): Locator {
    return this.page.getByRole('button', { name: /^Mint ([\d,]+ )?tokens?$/ });
  }

  get table(): Locator {
    return this.page.getByRole('grid', { name: 'Device tokens' });
  }

  /** All rows of tokens, active ones first. */
  get rows(): Locator {
    return this.table.locator('[data-index]:not([data-heading])');
  }

  /** The result of the last action. */
  get news(): Locator {
    return this.page
      .getByRole('main')
      .getByRole('status')
      .filter({ has: this.page.getByRole('button', { name: 'Dismiss' }) });
  }

  /** The row of a device's active token. */
  live(device: string): Locator {
    return this.rows.filter({
      has: this.page.getByRole('button', { name: `Copy the token of ${device}`, exact: true }),
    });
  }

  /** Rows of a device's retired tokens. */
  retired(device: string): Locator {
    return this.rows.filter({ has: this.page.getByRole('button', { name: `Mint again for ${device}`, exact: true }) });
  }

  /** A button of a device's row, by the start of its name: "Revoke", "Refresh the token of". */
  button(action: string, device: string): Locator {
    return this.table.getByRole('button', { name: `${action} ${device}`, exact: true });
  }

  /** Chooses from a row's menu. */
  async more(device: string, item: string): Promise<void> {
    await this.button('Actions for', device).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** Types names and mints for them, by keyboard. */
  async mintFor(names: string): Promise<void> {
    await this.names.focus();
    await this.page.keyboard.type(names);
    await this.press('Mod+Enter');
  }

  /** Pastes text into the names input. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate((words) => navigator.clipboard.writeText(words), text);
    await this.names.focus();
    await this.press('Mod+v');
  }

  /** Revokes a device's token and confirms. */
  async revoke(device: string): Promise<void> {
    await this.button('Revoke', device).click();
    await this.page
      .getByRole('alertdialog')
      .getByRole('button', { name: `Revoke ${device}` })
      .click();
    await expect(this.page.getByRole('alertdialog')).toBeHidden();
  }

  /** Gives the clipboard's text. */
  copied(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }
}
