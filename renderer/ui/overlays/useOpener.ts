import { useRef } from 'react';

/** Gives the element to focus afterwards: for a menu item or popover content, the button that opened it. */
const lastingTarget = (element: Element | null): Element | null => {
  const menu = element?.closest('[role="menu"]');
  if (menu !== undefined && menu !== null) return document.getElementById(menu.getAttribute('aria-labelledby') ?? '');
  const popover = element?.closest('[data-radix-popper-content-wrapper] > [id]');
  if (popover !== undefined && popover !== null) return document.querySelector(`[aria-controls="${popover.id}"]`);
  return element;
};

/**
 * Remembers the focused element when a dialog opens, and gives the handler that focuses it again. State opens our
 * dialogs, not a trigger, so radix knows no place to go back to.
 */
export const useOpener = (open: boolean) => {
  const opener = useRef<Element>(null);
  const around = useRef<readonly (Element | null | undefined)[]>([]);
  const wasOpen = useRef(false);
  // During render, as an `autoFocus` inside takes the focus before any effect runs.
  if (open && !wasOpen.current) {
    opener.current = lastingTarget(document.activeElement);
    around.current = ['[role="grid"]', 'main'].map((what) => opener.current?.closest(what));
  }
  wasOpen.current = open;
  return (event: Event) => {
    // The dialog's action may have removed its opener with its row. Then focus the row in its place.
    const [grid, main] = around.current;
    const row = grid?.querySelector('[data-index][tabindex="0"]');
    const target = [opener.current, row, main, document.querySelector('main')].find(
      (element) => element?.isConnected === true,
    );
    if (!(target instanceof HTMLElement)) return;
    event.preventDefault();
    target.focus();
  };
};

/** Whether an Escape is for suggestions under a text input in a dialog, and not for the dialog. */
export const isForSuggestions = (event: KeyboardEvent): boolean =>
  event.target instanceof Element && event.target.matches('[role="combobox"][aria-expanded="true"]');
