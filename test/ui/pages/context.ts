import { expect, type Locator, type Page } from '@playwright/test';
import { choicesBox } from './window.ts';

/** The context bar. */
export class ContextBar {
  readonly page: Page;
  readonly bar: Locator;

  constructor(page: Page) {
    this.page = page;
    this.bar = page.getByRole('region', { name: 'Context', exact: true });
  }

  /** A picker, with its chosen option. */
  picker(which: 'Application' | 'User' | 'Device'): Locator {
    return this.bar.getByRole('button', { name: `${which}: ` });
  }

  keyType(name: 'Production' | 'Sandbox'): Locator {
    return this.bar.getByRole('radio', { name, exact: true });
  }

  /** Chooses an option by typing. */
  async pick(which: 'Application' | 'User' | 'Device', name: string): Promise<void> {
    await this.picker(which).click();
    await expect(choicesBox(this.page)).toBeFocused();
    await this.page.keyboard.type(name);
    await expect(this.page.locator('[cmdk-item][aria-selected="true"]')).toContainText(name);
    await this.page.keyboard.press('Enter');
    await expect(this.picker(which)).toHaveText(name);
  }
}
