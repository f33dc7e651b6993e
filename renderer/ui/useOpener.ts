import { useRef } from 'react';

/** Where the focus belongs afterwards: of a menu's item or a popover's content, the button that opened those. */
const lastingTarget = (element: Element | null): Element | null => {
  const menu = element?.closest('[role="menu"]');
  if (menu !== undefined && menu !== null) return document.getElementById(menu.getAttribute('aria-labelledby') ?? '');
  const popover = element?.closest('[data-radix-popper-content-wrapper] > [id]');
  if (popover !== undefined && popover !== null) return document.querySelector(`[aria-controls="${popover.id}"]`);
  return element;
};

/**
 * Remembers what had the focus when a dialog opened, and gives the handler that puts it back there. Dialogs here are
 * opened by state, not by a trigger of their own, so radix knows no place to go back to.
 */
export const useOpener = (open: boolean) => {
  const opener = useRef<Element>(null);
  const around = useRef<readonly (Element | null | undefined)[]>([]);
  const wasOpen = useRef(false);
  // While it renders, since an `autoFocus` inside takes the focus before any effect runs.
  if (open && !wasOpen.current) {
    opener.current = lastingTarget(document.activeElement);
    around.current = ['[role="grid"]', 'main'].map((what) => opener.current?.closest(what));
  }
  wasOpen.current = open;
  return (event: Event) => {
    // What was done in the dialog may have taken its opener away, with its row: then the row that is there now.
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

/** Whether an Escape is for the suggestions under a text box in a dialog, and not for the dialog. */
export const isForSuggestions = (event: KeyboardEvent): boolean =>
  event.target instanceof Element && event.target.matches('[role="combobox"][aria-expanded="true"]');
