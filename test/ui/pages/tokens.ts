import { expect, type Locator } from '@playwright/test';
import { Shell } from './shell.ts';

/** The list of all tokens. */
export class TokensPage extends Shell {
  get table(): Locator {
    return this.page.getByRole('grid', { name: 'Tokens' });
  }

  /** The rows in sight, without the names of the columns. */
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

  /** The row of a token, while it is in sight. */
  row(id: number): Locator {
    return this.rows.filter({ has: this.page.getByRole('button', { name: `Copy token ${id}`, exact: true }) });
  }

  /** One of the selects of the filter, by its name. */
  filter(name: string): Locator {
    return this.page.getByRole('search').getByRole('combobox', { name, exact: true });
  }

  /** One of the filters that are searched by typing, by its name. */
  searchedFilter(name: string): Locator {
    return this.page.getByRole('search').getByRole('button', { name: new RegExp(`^${name}: `) });
  }

  /** Chooses in one of those. */
  async pick(name: string, option: string): Promise<void> {
    await this.searchedFilter(name).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  /** Opens a row's menu and chooses in it. */
  async chooseInMenu(id: number, item: string): Promise<void> {
    await this.row(id)
      .getByRole('button', { name: `Actions for token ${id}` })
      .click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** The list is there, and says that so many match: "12 of 100 tokens". */
  async expectCount(words: string): Promise<void> {
    await expect(this.count).toHaveText(words);
  }

  /** The numbers of the tokens in sight, from the top. */
  async shownIds(): Promise<readonly number[]> {
    const names = await this.table
      .getByRole('button', { name: /^Copy token/ })
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
    return names.map((name) => Number(name.slice('Copy token '.length)));
  }
}
