import type { MakeSlice } from '../../core/slice.ts';

/** The commands that each screen may offer under the same key. */
export type CommandName = 'main' | 'new' | 'edit' | 'filter' | 'copyToken' | 'revoke' | 'keyType' | 'run' | 'verify';

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
  /** Runs a command of a screen that is about to open, once it is registered at this address. */
  runAt(address: string, name: CommandName): void;
}

export const commandsSlice: MakeSlice<CommandsSlice> = ({ get, set }) => {
  const change = (name: CommandName, to: (commands: readonly Command[]) => readonly Command[]) => {
    const { registered } = get();
    set({ registered: { ...registered, [name]: to(registered[name]) } });
  };
  let awaited: { readonly address: string; readonly name: CommandName } | undefined;
  return {
    registered: {
      main: [],
      new: [],
      edit: [],
      filter: [],
      copyToken: [],
      revoke: [],
      keyType: [],
      run: [],
      verify: [],
    },
    register(name, command) {
      change(name, (commands) => [...commands, command]);
      if (name === awaited?.name) {
        // After the effects that registered it: the whole screen is there.
        if (location.hash === awaited.address) queueMicrotask(command.run);
        awaited = undefined;
      }
      return () => change(name, (commands) => commands.filter((one) => one !== command));
    },
    runAt(address, name) {
      awaited = { address, name };
    },
    run(name) {
      awaited = undefined;
      const command = get().registered[name].at(-1);
      command?.run();
      return command !== undefined;
    },
  };
};
