import { useEffect, useLayoutEffect, useRef } from 'react';
import type { KeyType } from '../../../../preload/contract/values.ts';
import { useKeyfob } from '../../context.ts';
import type { CommandName } from '../../window/keys/commands.ts';

function useCommand(name: CommandName, label: string, run: (() => void) | undefined): void {
  const { store } = useKeyfob();
  const newest = useRef(run);
  // Before the next input: a key that follows a move to another row must act on that row.
  useLayoutEffect(() => {
    newest.current = run;
  });
  const offered = run !== undefined;
  useEffect(
    () => (offered ? store.getState().commands.register(name, { label, run: () => newest.current?.() }) : undefined),
    [store, name, label, offered],
  );
}

/** Sets the action of Ctrl/Cmd+Enter while this component is shown; `undefined`: no action. */
export const useMainAction = (label: string, run: (() => void) | undefined): void => useCommand('main', label, run);
/** Sets the action of Ctrl/Cmd+N. Browsers reserve Ctrl+N outside of app windows, so the palette offers it too. */
export const useNewAction = (label: string, run: (() => void) | undefined): void => useCommand('new', label, run);
/** Sets the action of F2: edit the shown thing, or the active row. */
export const useEditAction = (label: string, run: (() => void) | undefined): void => useCommand('edit', label, run);
/** Sets the action of Ctrl/Cmd+F: focus the filter of the screen. */
export const useFilterFocus = (label: string, run: (() => void) | undefined): void => useCommand('filter', label, run);
/** Sets the action of Ctrl/Cmd+Shift+C: copy the selected token. */
export const useCopyToken = (label: string, run: (() => void) | undefined): void => useCommand('copyToken', label, run);
/** Sets the action of Ctrl/Cmd+Shift+Backspace: ask to revoke the shown token. */
export const useRevokeAction = (label: string, run: (() => void) | undefined): void => useCommand('revoke', label, run);
/** Sets the action of Ctrl/Cmd+E: switch the screen to the other key type. */
export const useKeyTypeAction = (shown: KeyType, pick: ((other: KeyType) => void) | undefined): void => {
  const other = shown === 'PRODUCTION' ? 'SANDBOX' : 'PRODUCTION';
  useCommand('keyType', `Switch to ${other === 'SANDBOX' ? 'Sandbox' : 'Production'}`, pick && (() => pick(other)));
};
/** Sets the action of Ctrl/Cmd+Shift+Enter: run the shown call. While `isHere`, Ctrl/Cmd+Enter does the same. */
export const useRunAction = (run: (() => void) | undefined, isHere: boolean): void => {
  useCommand('run', 'Run the call', run);
  useMainAction('Run this call', isHere ? run : undefined);
};
/** Sets the action of Alt+V: verify all device tokens. */
export const useVerifyAction = (run: (() => void) | undefined): void =>
  useCommand('verify', 'Verify all device tokens', run);
