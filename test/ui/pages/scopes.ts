import { expect, type Locator } from '@playwright/test';
import { Shell } from './shell.ts';

/** The scopes' screen. */
export class ScopesPage extends Shell {
  get table(): Locator {
    return this.page.getByRole('grid', { name: 'Scopes' });
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Find a scope' });
  }

  get builtIn(): Locator {
    return this.page.getByRole('region', { name: 'Built in' });
  }

  /** The users who would get the scope of the open form. */
  get granted(): Locator {
    return this.page.getByRole('status', { name: 'Granted to' });
  }

  row(name: string): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByText(name, { exact: true }) });
  }

  async show(): Promise<void> {
    await this.goTo('Scopes');
    await expect(this.heading).toHaveText('Scopes');
    await expect(this.builtIn).toBeVisible();
  }
}
