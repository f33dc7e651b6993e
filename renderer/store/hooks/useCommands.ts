import { useEffect, useRef } from 'react';
import type { KeyType } from '../../../preload/contract/values.ts';
import { useKeyfob } from '../context.ts';
import type { CommandName } from '../window/commands.ts';

function useCommand(name: CommandName, label: string, run: (() => void) | undefined): void {
  const { store } = useKeyfob();
  const newest = useRef(run);
  useEffect(() => {
    newest.current = run;
  });
  const offered = run !== undefined;
  useEffect(
    () => (offered ? store.getState().commands.register(name, { label, run: () => newest.current?.() }) : undefined),
    [store, name, label, offered],
  );
}

/** What Ctrl/Cmd+Enter does while this component is shown; `undefined`: nothing now. */
export const useMainAction = (label: string, run: (() => void) | undefined): void => useCommand('main', label, run);
/** What Ctrl/Cmd+N does. (A browser keeps Ctrl+N for itself outside of an app window; the palette offers it too.) */
export const useNewAction = (label: string, run: (() => void) | undefined): void => useCommand('new', label, run);
/** What F2 does: edit what is shown, or the row that the keys act on. */
export const useEditAction = (label: string, run: (() => void) | undefined): void => useCommand('edit', label, run);
/** What Ctrl/Cmd+F does: put the focus into the screen's filter. */
export const useFilterFocus = (label: string, run: (() => void) | undefined): void => useCommand('filter', label, run);
/** What Ctrl/Cmd+Shift+C does: copy the token that is selected. */
export const useCopyToken = (label: string, run: (() => void) | undefined): void => useCommand('copyToken', label, run);
/** What Ctrl/Cmd+E does: switch the screen to the other key type than the one that it shows. */
export const useKeyTypeAction = (shown: KeyType, pick: ((other: KeyType) => void) | undefined): void => {
  const other = shown === 'PRODUCTION' ? 'SANDBOX' : 'PRODUCTION';
  useCommand('keyType', `Switch to ${other === 'SANDBOX' ? 'Sandbox' : 'Production'}`, pick && (() => pick(other)));
};
