import { useEffect, useRef } from 'react';
import type { KeyType } from '../../../preload/contract/values.ts';
import { useKeyfob } from '../context.ts';
import type { MakeSlice } from '../slice.ts';

/** What a common key does, for the screen that is shown. */
export type CommandName = 'main' | 'new' | 'edit' | 'filter' | 'copyToken' | 'keyType';

export interface Command {
  /** As the palette and the shortcut sheet name it. */
  readonly label: string;
  readonly run: () => void;
}

export interface CommandsSlice {
  /** The newest registration of each counts: a dialog's above its screen's. */
  readonly registered: Readonly<Record<CommandName, readonly Command[]>>;
  register(name: CommandName, command: Command): () => void;
  /** Runs the newest; false when the screen has none. */
  run(name: CommandName): boolean;
}

export const commandsSlice: MakeSlice<CommandsSlice> = ({ get, set }) => {
  const change = (name: CommandName, to: (commands: readonly Command[]) => readonly Command[]) => {
    const { registered } = get().commands;
    set({ registered: { ...registered, [name]: to(registered[name]) } });
  };
  return {
    registered: { main: [], new: [], edit: [], filter: [], copyToken: [], keyType: [] },
    register(name, command) {
      change(name, (commands) => [...commands, command]);
      return () => change(name, (commands) => commands.filter((one) => one !== command));
    },
    run(name) {
      const command = get().commands.registered[name].at(-1);
      command?.run();
      return command !== undefined;
    },
  };
};

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
