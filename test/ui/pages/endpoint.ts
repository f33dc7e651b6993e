import { expect, type Locator } from '@playwright/test';
import { Shell } from './shell.ts';

/** The endpoint's screen. */
export class EndpointPage extends Shell {
  get state(): Locator {
    return this.page.getByRole('region', { name: 'Status' });
  }

  get requests(): Locator {
    return this.page.getByRole('grid', { name: 'Requests' });
  }

  /** The open request below the list. */
  get detail(): Locator {
    return this.page.getByRole('region', { name: /^Request / });
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name, exact: true });
  }

  async show(): Promise<void> {
    await this.goTo('Endpoint');
    await expect(this.heading).toHaveText('Endpoint');
    await expect(this.state).toBeVisible();
  }

  /** The newest request with this text. */
  row(text: string | RegExp): Locator {
    return this.requests.getByRole('row').filter({ hasText: text }).first();
  }
}
