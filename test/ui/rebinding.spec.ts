import type { Page } from '@playwright/test';
import { test as base, expect } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { Palette } from './pages/palette.ts';
import { ShortcutsPage } from './pages/shortcuts.ts';

const test = base.extend<{ readonly shortcuts: ShortcutsPage }>({
  shortcuts: async ({ page, shell: _ }, use) => {
    const shortcuts = new ShortcutsPage(page);
    await shortcuts.show();
    await use(shortcuts);
  },
});

const press = (page: Page, ...keys: readonly string[]) =>
  keys.reduce((before, one) => before.then(() => page.keyboard.press(one)), Promise.resolve());

test("changes a shortcut's keys for all windows and restarts, by keyboard alone", async ({ shortcuts, page }) => {
  const palette = new Palette(page);
  await shortcuts.expectKeys('Command palette', ['Ctrl+K', 'Ctrl+P']);
  await shortcuts.change('Command palette').focus();
  await press(page, 'Enter');
  await expect(shortcuts.recording('Command palette')).toBeFocused();
  await press(page, 'Control+j');
  await shortcuts.expectKeys('Command palette', ['Ctrl+J', 'Ctrl+P']);
  await expect(shortcuts.said).toHaveText('Command palette: Ctrl+J or Ctrl+P');
  await expect(shortcuts.change('Command palette')).toBeFocused();
  await expectAccessible(page);
  await takePictures(page, 'settingsShortcuts');

  await press(page, 'Control+k');
  await expect(palette.dialog).toBeHidden();
  await press(page, 'Control+j');
  await expect(palette.dialog).toBeVisible();
  await press(page, 'Escape');
  await expect(shortcuts.change('Command palette')).toBeFocused();
  const find = page.getByRole('button', { name: /^Search…/ });
  await expect(find).toHaveAttribute('aria-keyshortcuts', 'Control+J Control+P');
  await expect(find).toContainText('J');
  await press(page, 'Control+/');
  await expect(shortcuts.dialog('Shortcuts')).toContainText(/Command palette\s*CtrlJ\s*or\s*CtrlP/);
  await press(page, 'Escape');

  await page.reload();
  await shortcuts.expectKeys('Command palette', ['Ctrl+J', 'Ctrl+P']);
  await press(page, 'Control+j');
  await expect(palette.dialog).toBeVisible();
  await press(page, 'Escape');

  await shortcuts.reset('Command palette').focus();
  await press(page, 'Enter');
  await shortcuts.expectKeys('Command palette', ['Ctrl+K', 'Ctrl+P']);
  await expect(shortcuts.change('Command palette')).toBeFocused();
  await expect(shortcuts.reset('Command palette')).toBeHidden();
  await press(page, 'Control+k');
  await expect(palette.dialog).toBeVisible();
});

test('names keys of another shortcut, and keeps or swaps them', async ({ shortcuts, page, shell }) => {
  const lock = 'Lock the vault';
  const fold = 'Collapse or expand the side bar';
  await shortcuts.change(lock).focus();
  await press(page, 'Enter', 'Control+b');
  await expect(shortcuts.alert).toHaveText('Ctrl+B is for “Collapse or expand the side bar”.');
  await expect(shortcuts.button('Swap')).toBeFocused();
  await expectAccessible(page);
  await takePictures(page, 'settingsShortcutTaken');
  await press(page, 'Tab', 'Enter');
  await expect(shortcuts.change(lock)).toBeFocused();
  await shortcuts.expectKeys(lock, ['Ctrl+L']);
  await press(page, 'Enter', 'Control+b', 'Escape');
  await expect(shortcuts.alert).toBeHidden();
  await shortcuts.expectKeys(lock, ['Ctrl+L']);

  await press(page, 'Enter', 'Control+b', 'Enter');
  await shortcuts.expectKeys(lock, ['Ctrl+B']);
  await shortcuts.expectKeys(fold, ['Ctrl+L']);
  await expect(shortcuts.change(lock)).toBeFocused();
  await press(page, 'Control+l');
  await expect(shell.navigation.getByRole('button', { name: 'Expand the side bar' })).toBeVisible();
  await press(page, 'Control+l');

  // The two shortcuts have swapped their default keys.
  await shortcuts.reset(fold).focus();
  await press(page, 'Enter');
  await expect(shortcuts.alert).toHaveText('Ctrl+B is for “Lock the vault”.');
  await press(page, 'Enter');
  await shortcuts.expectKeys(lock, ['Ctrl+L']);
  await shortcuts.expectKeys(fold, ['Ctrl+B']);

  // Keys that browsers reserve are not swapped.
  await shortcuts.change('New').focus();
  await press(page, 'Enter', 'Control+b');
  await expect(shortcuts.alert).toHaveText(/It can't have Ctrl\+N instead\. It opens or closes windows\./);
  await expect(shortcuts.button('Swap')).toBeHidden();
  await press(page, 'Enter');
  await shortcuts.expectKeys('New', ['Ctrl+N', 'Alt+N']);
});

test('refuses impossible keys with the reason', async ({ shortcuts, page }) => {
  const change = shortcuts.change('Filter the list');
  await change.focus();
  await press(page, 'Enter');
  for (const [keys, why] of [
    ['Control+w', "Ctrl+W can't be used. It opens or closes windows."],
    ['Control+c', "Ctrl+C can't be used. It edits text."],
    ['Control+1', "Ctrl+1 can't be used. It opens a tab of the browser."],
    ['F5', "F5 can't be used. It reloads the window."],
    ['g', 'Add Ctrl or Alt: alone it is for typing.'],
    ['Control+ArrowDown', 'Lists and text fields need this key.'],
    ['Control+Alt+q', 'Ctrl with Alt types letters on many keyboards.'],
    ['Meta+g', 'This key belongs to the system.'],
  ] as const) {
    await press(page, keys);
    await expect(shortcuts.alert).toHaveText(why);
    await expect(shortcuts.recording('Filter the list')).toBeFocused();
  }
  await expectAccessible(page);
  await takePictures(page, 'settingsShortcutRefused', ['960x640']);
  // Neither of the two can be bound, so nothing changes.
  await press(page, 'Escape');
  await shortcuts.expectKeys('Filter the list', ['Ctrl+F']);
  await expect(change).toBeFocused();
  await press(page, 'Enter', 'Tab');
  await shortcuts.expectKeys('Filter the list', ['Ctrl+F']);
  await expect(shortcuts.change('Copy the token')).toBeFocused();
  await press(page, 'Enter', 'Control+Shift+c');
  await shortcuts.expectKeys('Copy the token', ['Ctrl+Shift+C']);
  await expect(shortcuts.button('Reset all')).toHaveAttribute('aria-disabled', 'true');
});

test('resets all at once, and ignores stored values that are no keymap', async ({ shortcuts, page, keyfob }) => {
  await shortcuts.change('Settings').focus();
  await press(page, 'Enter', 'F9');
  await shortcuts.change('Go to users').focus();
  await press(page, 'Enter', 'Control+u');
  await shortcuts.expectKeys('Settings', ['F9']);
  await press(page, 'Control+u');
  await expect(shortcuts.heading).toHaveText('Users');
  await press(page, 'F9');
  await shortcuts.section('Shortcuts');
  await shortcuts.button('Reset all').focus();
  await press(page, 'Enter');
  await shortcuts.expectKeys('Settings', ['Ctrl+,']);
  await shortcuts.expectKeys('Go to users', ['Alt+4']);
  await expect(shortcuts.button('Reset all')).toBeFocused();
  for (const keymap of [['lock=$mod+KeyK'], ['lock=F9', 'new=F9 F9'], ['new=F9'], ['nothing=F9']]) {
    await keyfob.call('preferences.write', { keymap });
    await page.reload();
    await shortcuts.expectKeys('Lock the vault', ['Ctrl+L']);
    await shortcuts.expectKeys('New', ['Ctrl+N', 'Alt+N']);
  }
});
