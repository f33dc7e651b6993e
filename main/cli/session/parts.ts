import type { OutputOf } from '../../../preload/contract/define.ts';
import type { EndpointStatus } from '../../../preload/contract/endpoint.ts';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { Caller } from '../../transport/reply.ts';
import type { McpFlags, ServeFlags } from '../program/actions.ts';
import type { OpenApp } from './session.ts';

/** Shows a served window. `newUrl` creates an address that opens it once. Returns a function that stops showing it. */
export type PresentWindow = (newUrl: () => string) => () => void;

/** A running endpoint, with the data folder of the process that serves it. */
export interface Served {
  readonly call: Caller;
  readonly folder: string;
  readonly status: EndpointStatus;
}

/** The rest of the program, for commands. Each part is loaded when a command calls it. */
export interface Parts {
  readonly version: string;
  /** The data folder; `home` is the value of `--home`. */
  folder(home: string | undefined): Promise<string>;
  openApp(folder: string): Promise<OpenApp>;
  /** The doctor's findings for a folder that cannot be opened. */
  examineClosed(folder: string, why: KeyfobError): Promise<OutputOf<MethodOf<'doctor.run'>>>;
  /** Moves the files of an unusable data folder away. Throws `conflict` if the folder is usable. */
  startEmpty(folder: string): Promise<{ readonly folder: string; readonly files: readonly string[] }>;
  /** Serves until stopped. `present` shows the window first. Throws `folder_owned`. */
  serve(folder: string, flags: ServeFlags, present?: PresentWindow): Promise<void>;
  /** Serves a keyfob.yaml from a temporary folder until `opened` closes. */
  serveSeed(seed: string, opened: AsyncDisposableStack): Promise<Served>;
  /** Speaks MCP on stdin and stdout until the client ends it. */
  mcp(folder: string, flags: McpFlags): Promise<void>;
  /** Opens an address of the window in a browser. Returns false without a display or a browser. */
  openAppWindow(url: string, folder: string): Promise<boolean>;
  /** Opens an address of the endpoint in the default browser. Returns false without a display or a browser. */
  openBrowser(url: string): Promise<boolean>;
}
