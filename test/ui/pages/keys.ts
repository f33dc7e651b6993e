import type { Locator } from '@playwright/test';
import type { KeyType } from '../../../preload/contract/values.ts';
import { ApplicationsPage } from './applications.ts';

/** One application with the keys of one key type. */
export class KeysPage extends ApplicationsPage {
  /** Opens it by its address. */
  async show(application: number, keyType: KeyType): Promise<void> {
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, `#/applications/${application}/${keyType.toLowerCase()}`);
    await this.heading.waitFor();
  }

  /** A part of the screen by its title. */
  part(title: string | RegExp): Locator {
    return this.page.getByRole('region', { name: title });
  }

  get consumer(): Locator {
    return this.part('Consumer key and secret');
  }

  get token(): Locator {
    return this.part('Application token');
  }

  get settings(): Locator {
    return this.part('How tokens are issued');
  }

  get unsaved(): Locator {
    return this.part('Unsaved changes');
  }

  keyType(label: 'Production' | 'Sandbox'): Locator {
    return this.page.getByRole('main').getByRole('radio', { name: label });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('main').getByRole('button', { name, exact: true });
  }
}
