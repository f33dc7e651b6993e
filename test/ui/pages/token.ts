import type { Locator } from '@playwright/test';
import { Shell } from './shell.ts';

/** The page of one token. */
export class TokenPage extends Shell {
  private section(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  get values(): Locator {
    return this.section('Values');
  }

  /** The decoded content of a JWT. */
  get content(): Locator {
    return this.section('Content');
  }

  get why(): Locator {
    return this.section('Why this token?');
  }

  get facts(): Locator {
    return this.section('Facts');
  }

  /** The events of its tuple, newest first. */
  get events(): Locator {
    return this.page.getByRole('list', { name: 'Time line of the tuple' }).getByRole('listitem');
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('main').getByRole('button', { name });
  }
}
