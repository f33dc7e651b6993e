import type { Locator } from '@playwright/test';
import { Window } from './window.ts';

/** The screens that open a locked vault. */
export class Unlock extends Window {
  get passphrase(): Locator {
    return this.page.getByLabel('Passphrase', { exact: true });
  }

  get again(): Locator {
    return this.page.getByLabel('Repeat passphrase');
  }

  get recoveryKey(): Locator {
    return this.page.getByLabel('Recovery key', { exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** The announced error. */
  get alert(): Locator {
    return this.page.getByRole('alert');
  }
}
