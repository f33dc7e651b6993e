import { expect, type Locator } from '@playwright/test';
import { Shell } from './shell.ts';

/** The endpoint's screen. */
export class EndpointPage extends Shell {
  get state(): Locator {
    return this.page.getByRole('region', { name: 'Status' });
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name, exact: true });
  }

  async show(): Promise<void> {
    await this.goTo('Endpoint');
    await expect(this.heading).toHaveText('Endpoint');
    await expect(this.state).toBeVisible();
  }
}
