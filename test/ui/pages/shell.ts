import { expect, type Locator } from '@playwright/test';
import { Window } from './window.ts';

/** The frame around the screens. */
export class Shell extends Window {
  get navigation(): Locator {
    return this.page.getByRole('navigation', { name: 'Screens' });
  }

  get status(): Locator {
    return this.page.getByRole('contentinfo');
  }

  get snippets(): Locator {
    return this.page.getByRole('complementary', { name: 'Snippets' });
  }

  /** Goes to a screen by its link. */
  async goTo(title: string): Promise<void> {
    const link = this.navigation.getByRole('link', { name: title, exact: true });
    await link.click();
    await expect(link).toHaveAttribute('aria-current', 'page');
  }
}
