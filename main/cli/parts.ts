import type { ServeFlags } from './program.ts';
import type { OpenApp } from './session.ts';

/** What the command line needs of the rest of the program; asked for only when a command needs it. */
export interface Parts {
  readonly version: string;
  /** The data folder; `home` is what `--home` said. */
  folder(home: string | undefined): Promise<string>;
  openApp(folder: string): Promise<OpenApp>;
  /** Serves until stopped. */
  serve(folder: string, flags: ServeFlags): Promise<void>;
}
