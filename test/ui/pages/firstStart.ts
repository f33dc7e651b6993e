import type { Locator } from '@playwright/test';
import { expect } from '@playwright/test';
import { Window } from './window.ts';

/** The three steps of the first start, and its end. */
export class FirstStart extends Window {
  get passphrase(): Locator {
    return this.page.getByLabel('Passphrase', { exact: true });
  }

  get again(): Locator {
    return this.page.getByLabel('Repeat passphrase');
  }

  get lastGroup(): Locator {
    return this.page.getByLabel('Last five characters');
  }

  get name(): Locator {
    return this.page.getByLabel('Application name');
  }

  choice(name: string | RegExp): Locator {
    return this.page.getByRole('radio', { name });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** The current step. */
  get step(): Locator {
    return this.page.getByRole('list', { name: 'Steps' }).locator('[aria-current="step"]');
  }

  /** The command at the end. */
  get command(): Locator {
    return this.page.getByRole('region', { name: 'curl command' });
  }

  /** The reply to the last run. */
  get reply(): Locator {
    return this.page.getByRole('region', { name: 'Reply', exact: true });
  }

  /** The groups of the shown recovery key. */
  async recoveryGroups(): Promise<readonly string[]> {
    return await this.page.getByRole('region', { name: 'Recovery key' }).getByRole('listitem').allTextContents();
  }

  /** Creates a passphrase vault; ends at its recovery key. */
  async protect(passphrase: string): Promise<void> {
    await this.passphrase.fill(passphrase);
    await this.again.fill(passphrase);
    await this.button('Protect and continue').click();
    await expect(this.heading).toHaveText('Save your recovery key');
  }

  /** Presses Tab until `target` has the focus. */
  async tabTo(target: Locator): Promise<void> {
    for (let presses = 0; presses < 30; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    await expect(target).toBeFocused();
  }

  /** Gives the clipboard's text. */
  async copied(): Promise<string> {
    return await this.page.evaluate(() => navigator.clipboard.readText());
  }
}
