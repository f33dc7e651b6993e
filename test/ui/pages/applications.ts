import type { Locator } from '@playwright/test';
import { Shell } from './shell.ts';

/** The list of applications, and the dialogs that create, change and delete one. */
export class ApplicationsPage extends Shell {
  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Find an application' });
  }

  get newButton(): Locator {
    return this.page.getByRole('button', { name: 'New application' });
  }

  get importButton(): Locator {
    return this.page.getByRole('button', { name: 'Import…' });
  }

  /** Shown while no application exists. */
  get empty(): Locator {
    return this.page.getByRole('main').getByText('No application yet');
  }

  /** The row of an application. */
  row(name: string): Locator {
    return this.page
      .getByRole('grid', { name: 'Applications' })
      .getByRole('row')
      .filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** A field of the open dialog, by its label. */
  field(dialog: Locator, label: string): Locator {
    // A button that opens options has the chosen one in its name.
    const button = dialog.getByRole('button', { name: new RegExp(`^${label}`) });
    return dialog.getByRole('textbox', { name: label, exact: true }).or(button);
  }

  /** Chooses an option that is found by typing. */
  async pick(dialog: Locator, label: string, text: string): Promise<void> {
    await this.field(dialog, label).click();
    await this.typeToFind(text);
    await this.page.keyboard.press('Enter');
  }

  /** Chooses from a row's menu. */
  async choose(name: string, item: string): Promise<void> {
    await this.page.getByRole('button', { name: `Actions for ${name}` }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** The confirmation of a loss. */
  question(title: string | RegExp): Locator {
    return this.page.getByRole('alertdialog', { name: title });
  }
}
