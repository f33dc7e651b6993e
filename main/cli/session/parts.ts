import type { OutputOf } from '../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { ServeFlags } from '../program/program.ts';
import type { OpenApp } from './session.ts';

/** Shows a window that is served now; `newUrl` makes an address that opens it once. Returns what ends the showing. */
export type PresentWindow = (newUrl: () => string) => () => void;

/** What the command line needs of the rest of the program; asked for only when a command needs it. */
export interface Parts {
  readonly version: string;
  /** The data folder; `home` is what `--home` said. */
  folder(home: string | undefined): Promise<string>;
  openApp(folder: string): Promise<OpenApp>;
  /** What the doctor says of a folder that does not open for this reason. */
  examineClosed(folder: string, why: KeyfobError): Promise<OutputOf<MethodOf<'doctor.run'>>>;
  /** Moves what is left of an unusable data folder aside. Throws `conflict` when it is sound. */
  startEmpty(folder: string): Promise<{ readonly folder: string; readonly files: readonly string[] }>;
  /** Serves until stopped; `present` when it is the window that is wanted. Throws `folder_owned`. */
  serve(folder: string, flags: ServeFlags, present?: PresentWindow): Promise<void>;
  /** Opens an address of a folder's window in a browser, if there is a display. False: no browser could be started. */
  openAppWindow(url: string, folder: string): Promise<boolean>;
}
