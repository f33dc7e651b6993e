import type { MouseEvent } from 'react';

/** Opens the menu of the row that was right-clicked, or that had the focus at Shift+F10: the one behind its own button. */
export function openRowMenu(event: MouseEvent): void {
  const row = (event.target as Element).closest('[data-index]');
  const button = row?.querySelector<HTMLElement>('button[aria-haspopup="menu"]');
  if (button === null || button === undefined) return;
  event.preventDefault();
  button.focus();
  // Radix opens its menu by the key; a button whose menu is created on demand waits for the click.
  const isLeft = button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  if (isLeft) button.click();
}
