import { expect, type Locator } from '@playwright/test';
import { Shell } from './shell.ts';

/** The screen of APIs and tiers, and the page of one API. */
export class ApisPage extends Shell {
  get table(): Locator {
    return this.page.getByRole('grid', { name: 'APIs' });
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Find an API' });
  }

  get resources(): Locator {
    return this.page.getByRole('grid', { name: 'Resources' });
  }

  get subscriptions(): Locator {
    return this.page.getByRole('grid', { name: 'Subscribed applications' });
  }

  /** The row of an API, as `name/version`. */
  row(api: string): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByRole('button', { name: `Actions for ${api}` }) });
  }

  async show(): Promise<void> {
    await this.goTo('APIs');
    await expect(this.heading).toHaveText('APIs');
    await expect(this.page.getByRole('tab', { name: 'APIs' })).toBeVisible();
  }

  /** Opens an API's page by its number, at one of its tabs. */
  async openAt(id: number, part: string): Promise<void> {
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, `#/apis/${id}/${part}`);
    await expect(this.page.getByRole('main').getByRole('tab', { selected: true })).toContainText(part.slice(1));
  }

  async showTab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
  }

  /** Chooses from an API's menu. */
  async act(api: string, action: string): Promise<void> {
    await this.page.getByRole('button', { name: `Actions for ${api}` }).click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }
}
