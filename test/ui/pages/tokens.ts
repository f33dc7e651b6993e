import { expect, type Locator } from '@playwright/test';
import { Shell } from './shell.ts';

/** The list of all tokens. */
export class TokensPage extends Shell {
  get table(): Locator {
    return this.page.getByRole('grid', { name: 'Tokens' });
  }

  /** The visible rows, without the header. */
  get rows(): Locator {
    return this.table.locator('[data-index]');
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search the tokens' });
  }

  /** "12 of 100 tokens". */
  get count(): Locator {
    return this.page.getByRole('status').filter({ hasText: /tokens?$/ });
  }

  /** A token's row, while it is visible. */
  row(id: number): Locator {
    return this.rows.filter({ has: this.page.getByRole('button', { name: `Copy token ${id}`, exact: true }) });
  }

  get addFilter(): Locator {
    return this.page.getByRole('search').getByRole('button', { name: 'Filter', exact: true });
  }

  /** The button of a filter: "State: Active". */
  filter(words: string): Locator {
    return this.page.getByRole('search').getByRole('button', { name: words, exact: true });
  }

  /** Adds a filter: a property, then its value. */
  async filterBy(property: string, value: string): Promise<void> {
    await this.addFilter.click();
    for (const name of [property, value]) await this.page.getByRole('option', { name }).first().click();
  }

  async removeFilter(words: string): Promise<void> {
    await this.filter(`Remove the filter ${words}`).click();
  }

  /** Chooses from a row's menu. */
  async chooseInMenu(id: number, item: string): Promise<void> {
    await this.row(id)
      .getByRole('button', { name: `Actions for token ${id}` })
      .click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** Waits for the list and its count: "12 of 100 tokens". */
  async expectCount(words: string): Promise<void> {
    await expect(this.count).toHaveText(words);
  }

  /** The ids of the visible tokens, from the top. */
  async shownIds(): Promise<readonly number[]> {
    const names = await this.table
      .getByRole('button', { name: /^Copy token/ })
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
    return names.map((name) => Number(name.slice('Copy token '.length)));
  }
}
