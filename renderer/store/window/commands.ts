import type { MakeSlice } from '../core/slice.ts';

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
    const { registered } = get();
    set({ registered: { ...registered, [name]: to(registered[name]) } });
  };
  return {
    registered: { main: [], new: [], edit: [], filter: [], copyToken: [], keyType: [] },
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
