import type { AnyMethod } from '../../../preload/contract/define.ts';
import type { MethodName } from '../../../preload/contract/index.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import type { EnvironmentFormat } from '../../exports/variables/environment.ts';
import type { Field } from './fields.ts';

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type CompletionShell = (typeof shells)[number];

export const keyTypes = ['PRODUCTION', 'SANDBOX'] as const satisfies readonly KeyType[];

/** The key type of this name, in any case. */
export const keyTypeNamed = (text: string): KeyType | undefined =>
  keyTypes.find((known) => known === text.toUpperCase());

/** A method of the contract that a command line calls. */
export interface Wanted {
  readonly name: MethodName;
  readonly method: AnyMethod;
  readonly input: Readonly<Record<string, unknown>>;
  readonly fields: readonly Field[];
  /** All parsed flags, those outside the contract included. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** The flags of every command. */
export interface Common {
  readonly home?: string;
  readonly json?: boolean;
}

export interface ServeFlags extends Common {
  readonly port?: number;
  readonly httpPort?: number;
  readonly uiPort?: number;
  readonly quiet?: boolean;
  readonly wait?: boolean;
  readonly window?: boolean;
  readonly seed?: string;
  readonly ephemeral?: boolean;
  readonly host?: string;
  readonly name?: readonly string[];
  readonly caFile?: string;
  readonly caOut?: string;
  readonly log?: 'text' | 'json' | 'none';
}

export interface HealthFlags {
  readonly url?: string;
}

export interface WindowFlags extends ServeFlags {
  readonly open?: boolean;
}

export interface TrustFlags extends Common {
  readonly for?: string;
  readonly install?: boolean;
  readonly uninstall?: boolean;
  readonly write?: string;
  readonly overwrite?: boolean;
}

/** The flags that choose keys and a token. */
export interface SelectionFlags extends Common {
  readonly application?: string;
  readonly keyType?: KeyType;
  readonly user?: string;
  readonly scope?: readonly string[];
}

export interface TokenFlags extends SelectionFlags {
  readonly device?: string;
  readonly header?: boolean;
  readonly env?: boolean;
  readonly minLifetime?: number;
}

export interface EnvironmentFlags extends SelectionFlags {
  readonly device?: readonly string[];
  readonly token?: boolean;
}

export interface EnvFlags extends EnvironmentFlags {
  readonly format: EnvironmentFormat;
}

export interface RunFlags extends EnvironmentFlags {
  readonly seed?: string;
  readonly trust?: boolean;
}

export interface UseFlags extends Common {
  readonly keyType?: KeyType;
  readonly user?: string;
  readonly clear?: boolean;
}

export interface FollowFlags extends Common {
  readonly search?: string;
  readonly outcome?: 'all' | 'ok' | 'refused' | 'failed';
  readonly application?: string;
  readonly api?: string;
}

export interface McpFlags extends Pick<Common, 'home'> {
  readonly allowSecrets?: boolean;
  readonly seed?: string;
  readonly ephemeral?: boolean;
  readonly port?: number;
}

/** What the parsed command line runs. */
export interface Actions {
  call(wanted: Wanted, common: Common): Promise<void>;
  serve(flags: ServeFlags): Promise<void>;
  window(flags: WindowFlags): Promise<void>;
  startEmpty(flags: Common): Promise<void>;
  completion(shell: CompletionShell): Promise<void>;
  schema(): Promise<void>;
  health(flags: HealthFlags): Promise<void>;
  trust(flags: TrustFlags): Promise<void>;
  follow(flags: FollowFlags): Promise<void>;
  token(flags: TokenFlags): Promise<void>;
  env(flags: EnvFlags): Promise<void>;
  run(words: readonly string[], flags: RunFlags): Promise<void>;
  use(application: string | undefined, flags: UseFlags): Promise<void>;
  mcp(flags: McpFlags): Promise<void>;
}
