import type { MouseEvent } from 'react';

/** Opens a row's menu on a right-click or Shift+F10, through the row's own button. */
export function openRowMenu(event: MouseEvent): void {
  const row = (event.target as Element).closest('[data-index]');
  const button = row?.querySelector<HTMLElement>('button[aria-haspopup="menu"]');
  if (button === null || button === undefined) return;
  event.preventDefault();
  button.focus();
  // Radix opens its menu by the key. A button that creates its menu on demand waits for the click.
  const isLeft = button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  if (isLeft) button.click();
}
