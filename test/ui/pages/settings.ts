import { expect, type Locator } from '@playwright/test';
import { Shell } from './shell.ts';

/** The settings, section by section. */
export class SettingsPage extends Shell {
  get sections(): Locator {
    return this.page.getByRole('navigation', { name: 'Settings' });
  }

  /** A part of a section, by its title. */
  part(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** Goes to a section of the settings by its link. */
  async section(title: string): Promise<void> {
    if ((await this.heading.textContent()) !== 'Settings') await this.goTo('Settings');
    const link = this.sections.getByRole('link', { name: title, exact: true });
    await link.click();
    await expect(link).toHaveAttribute('aria-current', 'page');
  }

  /** The input of a setting. */
  field(setting: string): Locator {
    return this.page.getByRole('textbox', { name: setting, exact: true });
  }

  /** One option of a choice. */
  choice(setting: string, position: string): Locator {
    return this.page.getByRole('radiogroup', { name: setting, exact: true }).getByRole('radio', { name: position });
  }

  /** Presses Undo in a toast. */
  async undo(text: string | RegExp): Promise<void> {
    await this.toast(text).getByRole('button', { name: 'Undo' }).click();
  }

  /** Creates a recovery key with the vault's passphrase and gives it. The dialog with the key stays open. */
  async makeRecoveryKey(passphrase: string): Promise<string> {
    await this.part('Recovery key').getByRole('button', { name: 'Create new key…' }).click();
    const ask = this.dialog('Create a recovery key?');
    await ask.getByLabel('Current passphrase', { exact: true }).fill(passphrase);
    await ask.getByRole('button', { name: 'Create key' }).click();
    const groups = this.dialog('Save your new recovery key').getByRole('list').getByRole('listitem');
    await expect(groups).toHaveCount(6);
    return (await groups.allTextContents()).join('-');
  }
}
