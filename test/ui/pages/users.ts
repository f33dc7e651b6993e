import { expect, type Locator } from '@playwright/test';
import { Shell } from './shell.ts';

/** The users' screen. */
export class UsersPage extends Shell {
  get table(): Locator {
    return this.page.getByRole('grid', { name: 'Users' });
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Find a user' });
  }

  row(username: string): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByText(username, { exact: true }) });
  }

  async show(): Promise<void> {
    await this.goTo('Users');
    await expect(this.heading).toHaveText('Users');
    await expect(this.table).toBeVisible();
  }

  /** Chooses from a user's menu. */
  async act(username: string, action: string): Promise<void> {
    await this.row(username)
      .getByRole('button', { name: `Actions for ${username}` })
      .click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }
}
