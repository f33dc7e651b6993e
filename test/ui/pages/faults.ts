import { expect, type Locator } from '@playwright/test';
import { Shell } from './shell.ts';

/** The faults on purpose: a part of the Requests screen, and a banner on every screen. */
export class FaultsPage extends Shell {
  get active(): Locator {
    return this.page.getByRole('list', { name: 'Active faults' });
  }

  get banner(): Locator {
    return this.page.getByRole('status').filter({ hasText: /on purpose/ });
  }

  get add(): Locator {
    return this.page.getByRole('button', { name: /^(Change the next|Add fault)/ });
  }

  async show(): Promise<void> {
    await this.goTo('Requests');
    await this.page.getByRole('tab', { name: 'Faults on purpose' }).click();
    await expect(this.add).toBeVisible();
  }
}
