import type { MakeSlice } from '../core/slice.ts';

/** The commands that each screen may offer under the same key. */
export type CommandName = 'main' | 'new' | 'edit' | 'filter' | 'copyToken' | 'keyType' | 'run' | 'verify';

export interface Command {
  /** Shown in the palette and the shortcut sheet. */
  readonly label: string;
  readonly run: () => void;
}

export interface CommandsSlice {
  /** The newest registration of a command wins: a dialog's over its screen's. */
  readonly registered: Readonly<Record<CommandName, readonly Command[]>>;
  register(name: CommandName, command: Command): () => void;
  /** Runs the newest. False when the screen has none. */
  run(name: CommandName): boolean;
}

export const commandsSlice: MakeSlice<CommandsSlice> = ({ get, set }) => {
  const change = (name: CommandName, to: (commands: readonly Command[]) => readonly Command[]) => {
    const { registered } = get();
    set({ registered: { ...registered, [name]: to(registered[name]) } });
  };
  return {
    registered: { main: [], new: [], edit: [], filter: [], copyToken: [], keyType: [], run: [], verify: [] },
    register(name, command) {
      change(name, (commands) => [...commands, command]);
      return () => change(name, (commands) => commands.filter((one) => one !== command));
    },
    run(name) {
      const command = get().registered[name].at(-1);
      command?.run();
      return command !== undefined;
    },
  };
};
