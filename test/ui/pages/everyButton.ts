import { expect, type Locator, type Page } from '@playwright/test';

/** Layers above a screen: dialogs, menus, popovers. */
const above = '[role="dialog"][data-state="open"], [role="alertdialog"][data-state="open"], [role="menu"]';

/** Presses every button in a part of the window by keyboard, and checks the focus afterwards. */
export class EveryButton {
  readonly page: Page;
  readonly #main: Locator;
  readonly #part: Locator;
  readonly #place: string;

  /** `place` is the screen's address: `#/users`. `part` limits the buttons to a part of the window. */
  constructor(page: Page, place: string, part: Locator = page.getByRole('main')) {
    this.page = page;
    this.#main = page.getByRole('main');
    this.#part = part;
    this.#place = place;
  }

  async go(): Promise<void> {
    // The previous screen has a heading too. It is replaced within two frames.
    await this.page.evaluate(async (place) => {
      location.hash = place;
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    }, this.#place);
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(this.#main.locator('[aria-busy="true"]')).toHaveCount(0);
  }

  /** The names of the buttons. Buttons of rows count once. */
  async names(): Promise<readonly string[]> {
    const buttons = this.#part.locator('button:enabled:visible:not([data-index]:not([data-index="0"]) button)');
    await expect(buttons.first(), `what can be pressed at ${this.#place}`).toBeVisible();
    const names = await buttons.evaluateAll((all) =>
      all.map((one) => one.getAttribute('aria-label') ?? one.textContent?.trim() ?? ''),
    );
    return [...new Set(names)].filter((name) => name !== '');
  }

  /** Presses the button with that name, and each entry of the menu that it opens. */
  async press(name: string): Promise<void> {
    const button = this.#button(name);
    // The screen may still follow the effect of an earlier press, which can take this button away.
    const { length, hasMenu } = await button.evaluateAll((found) => ({
      length: found.filter((one) => one.checkVisibility() && one.matches(':enabled')).length,
      hasMenu: found[0]?.getAttribute('aria-haspopup') === 'menu',
    }));
    if (length === 0) return;
    try {
      await button.press('Enter', { timeout: 5000 });
    } catch (error) {
      if (await button.isVisible()) throw error;
      return;
    }
    await this.#settle();
    if (hasMenu) await expect(this.page.getByRole('menu')).toBeVisible();
    const items = await this.page.getByRole('menuitem').allTextContents();
    await this.#leave(button, name);
    for (const item of items) {
      await this.go();
      if (!(await button.isVisible())) return;
      await this.#choose(button, item);
      await this.#settle();
      await this.#leave(button, `${name}: ${item}`);
    }
  }

  /** Opens the menu and presses its entry. The effect of an earlier entry may still close or change the menu. */
  async #choose(button: Locator, item: string): Promise<void> {
    const menu = this.page.getByRole('menu');
    const choice = menu.getByRole('menuitem', { name: item, exact: true });
    await expect(async () => {
      if (!(await menu.isVisible())) {
        // The endpoint's button has another name once it stopped.
        if (!(await button.isVisible())) return;
        await button.press('Enter', { timeout: 2000 });
      }
      await expect(menu).toBeVisible({ timeout: 2000 });
      if ((await choice.count()) > 0) await choice.first().press('Enter', { timeout: 2000 });
    }).toPass();
  }

  /** The first button with this own text: a field's label is part of the name, too. */
  #button(name: string): Locator {
    const labelled = this.#part.locator(`button[aria-label=${JSON.stringify(name)}]`);
    const hasText = new RegExp(`^\\s*${name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}\\s*$`);
    return labelled.or(this.#part.locator('button:not([aria-label])').filter({ hasText })).first();
  }

  /** Closes all layers, and expects the focus in a useful place. */
  async #leave(button: Locator, what: string): Promise<void> {
    const open = this.page.locator(above);
    const opened = (await open.count()) > 0;
    for (let left = await open.count(); left > 0; left = await open.count()) {
      await this.page.keyboard.press('Escape');
      await expect(open).toHaveCount(left - 1);
    }
    await expect(this.page.locator('body'), `${this.#place}: the focus is lost after ${what}`).not.toBeFocused();
    const stays = (await button.count()) > 0 && this.page.url().endsWith(this.#place);
    if (opened && stays) await expect(button, `${this.#place}: the focus goes back after ${what}`).toBeFocused();
  }

  /** Waits until the press has been drawn. */
  async #settle(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))),
    );
    await expect(this.#main.locator('[aria-busy="true"]')).toHaveCount(0);
  }
}
