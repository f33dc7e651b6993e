import { expect, type Locator } from '@playwright/test';
import { Shell } from './shell.ts';

/** The screen of the request log. */
export class RequestsPage extends Shell {
  get list(): Locator {
    return this.page.getByRole('grid', { name: 'Requests' });
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search the requests' });
  }

  /** The reason on the page of one request. */
  get reason(): Locator {
    return this.page.getByRole('main').getByRole('note', { name: 'Reason' });
  }

  /** The button that adds the waiting rows. */
  get waiting(): Locator {
    return this.page.getByRole('button', { name: /^\d+ new$/ });
  }

  async show(): Promise<void> {
    await this.goTo('Requests');
    await expect(this.heading).toHaveText('Requests');
  }

  /** The newest request with this text. */
  row(text: string | RegExp): Locator {
    return this.list.getByRole('row').filter({ hasText: text }).first();
  }

  /** Expects so many requests in the list. */
  async expectCount(count: number): Promise<void> {
    await expect(this.list).toHaveAttribute('aria-rowcount', String(count + 1));
  }
}
