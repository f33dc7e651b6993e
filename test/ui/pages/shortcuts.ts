import { expect, type Locator } from '@playwright/test';
import { SettingsPage } from './settings.ts';

/** The settings section for shortcuts. */
export class ShortcutsPage extends SettingsPage {
  async show(): Promise<void> {
    await this.section('Shortcuts');
    await expect(this.part('Everywhere')).toBeVisible();
  }

  private row(label: string): Locator {
    const { page } = this;
    return page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ has: page.getByText(label, { exact: true }) });
  }

  /** A shortcut's keys, in display form. */
  async expectKeys(label: string, keys: readonly string[]): Promise<void> {
    const names = () =>
      this.row(label)
        .getByRole('button', { name: /, now / })
        .evaluateAll((all) => all.map((one) => one.firstElementChild?.textContent.split(', now ')[1]));
    await expect.poll(names).toEqual(keys);
  }

  /** The button while it records new keys. */
  recording(label: string): Locator {
    return this.row(label).getByRole('button', { name: `Press the new keys of ${label}` });
  }

  /** The button with a shortcut's first keys. */
  change(label: string): Locator {
    return this.row(label)
      .getByRole('button', { name: `Change the keys of ${label}` })
      .first();
  }

  reset(label: string): Locator {
    return this.row(label).getByRole('button', { name: `Reset ${label}` });
  }

  button(name: string): Locator {
    return this.page.getByRole('main').getByRole('button', { name });
  }

  get alert(): Locator {
    return this.page.getByRole('main').getByRole('alert');
  }

  get said(): Locator {
    return this.page.getByRole('main').getByRole('status').last();
  }
}
