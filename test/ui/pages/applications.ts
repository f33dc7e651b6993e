import type { Locator } from '@playwright/test';
import { Shell } from './shell.ts';

/** The list of applications, and the dialogs that make, change and delete one. */
export class ApplicationsPage extends Shell {
  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Find an application' });
  }

  get newButton(): Locator {
    return this.page.getByRole('button', { name: 'New application' });
  }

  /** Said while there is none. */
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
    // A button that opens choices has the chosen one in its name.
    const button = dialog.getByRole('button', { name: new RegExp(`^${label}`) });
    return dialog.getByRole('textbox', { name: label, exact: true }).or(button);
  }

  /** Picks a choice of a field that is found by typing. */
  async pick(dialog: Locator, label: string, text: string): Promise<void> {
    await this.field(dialog, label).click();
    await this.typeToFind(text);
    await this.page.keyboard.press('Enter');
  }

  /** Opens a choice of the menu at the end of a row. */
  async choose(name: string, item: string): Promise<void> {
    await this.page.getByRole('button', { name: `Actions for ${name}` }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** The question before something is lost. */
  question(title: string | RegExp): Locator {
    return this.page.getByRole('alertdialog', { name: title });
  }
}
