import type { InputOf, OutputOf } from '../../../preload/contract/define.ts';
import type { ErrorCode } from '../../../preload/contract/errors.ts';
import type { Contract, MethodName, MethodOf, TopicName } from '../../../preload/contract/index.ts';
import type { Caller } from '../../transport/reply.ts';
import type { ProgressDisplay } from '../output/progress.ts';
import type { VaultSecret } from '../secrets/secrets.ts';
import type { ListView, Row, Shown, ShowOptions } from '../text/rows.ts';

export type Secrets = { readonly [S in VaultSecret]?: string };

/** A file of this machine that a method reads or writes. The contract carries its content as base64 in `file`. */
export type FileTrait =
  | { readonly access: 'read'; readonly mostBytes: number; readonly tooLarge: { code: ErrorCode; limit: string } }
  /** `holds` names the content in the help. The output's `file` becomes the path. */
  | { readonly access: 'write'; readonly holds: string }
  /** The output's `text`, if the flag is given: else it is printed. `needed` says why an input must name a file. */
  | { readonly access: 'writeText'; readonly holds: string; readonly needed: (input: Row) => string | undefined }
  /** A folder for the output's `files`, which become their paths. */
  | { readonly access: 'writeFolder'; readonly holds: string };

/** The result of a change, for people. */
export interface Result {
  /** One sentence. */
  readonly done: string;
  /** The values of the output that they need. */
  readonly values?: Row;
  /** The command to run next. */
  readonly next?: string;
}

/** The process that answered the call, for traits that call again. */
export interface CalledProcess {
  readonly call: Caller;
  /** Whether the data folder is open in this process, so that work in the background ends with it. */
  readonly isOwn: () => boolean;
}

/** What the command line knows about one method in addition to the contract. */
export interface Traits<Output> {
  /** Required fields without a default: a person must name what the method creates, renames or revokes. */
  readonly named?: readonly ('application' | 'keyType')[];
  /** Flags of the examples in the help. Without this, the required flags are one example. */
  readonly examples?: readonly string[];
  /** Only a process that keeps running may run it, so a command that opened the folder itself refuses it. */
  readonly ownerOnly?: true;
  readonly file?: FileTrait;
  /** The method that runs instead, for some inputs. Its input is the rest. */
  readonly instead?: (input: Row) => { readonly name: MethodName; readonly input: Row } | undefined;
  /** It may ask a person to open an address in the browser. `--no-browser` only prints it. */
  readonly opensBrowser?: true;
  /** Secrets that are never flags: from the environment, files or the terminal. */
  readonly secrets?: (input: Row, call: Caller) => Promise<Secrets>;
  /** Input from the environment of this command. `input` holds the content of its file, `given` the path. */
  readonly environment?: (input: Row, given: Row) => Row;
  /** Throws `not_found` or `conflict` if the call changed nothing, which usually means a mistyped name. */
  readonly demandEffect?: (output: Output, input: Row, call: Caller) => Promise<void> | void;
  /** Answers for a data folder that cannot be opened, too. */
  readonly examinesClosedFolder?: true;
  readonly result?: (output: Output, input: Row) => Result;
  readonly show?: (output: Output, options: ShowOptions) => Shown;
  readonly list?: ListView<Row> & { readonly empty: string };
  /** A successful call may still be bad news for a script. */
  readonly exitCode?: (output: Output) => number;
  /** Waits for work that the call started in the background. */
  readonly waitForEnd?: (
    process: CalledProcess,
    progress: Pick<ProgressDisplay, 'start' | 'update' | 'stop'>,
  ) => Promise<void>;
}

type ItemOf<Output> = Output extends { readonly items: readonly (infer Item)[] } ? Item : never;

/** A list needs columns or a `show` function. */
type ListTraits<Output> =
  | { readonly list: ListView<ItemOf<Output>> & { /** Shown for an empty list. */ readonly empty: string } }
  | { readonly show: (output: Output, options: ShowOptions) => Shown };

type MethodTraits<N extends MethodName, Output = OutputOf<MethodOf<N>>> = [ItemOf<Output>] extends [never]
  ? Traits<Output>
  : Omit<Traits<Output>, 'list' | 'show'> & ListTraits<Output>;

type NameIn<T extends TopicName> = keyof Contract[T] & string;
type FieldIn<T extends TopicName> = {
  [M in NameIn<T>]: keyof InputOf<MethodOf<`${T}.${M}` & MethodName>> & string;
}[NameIn<T>];
type ListIn<T extends TopicName> = {
  [M in NameIn<T>]: [ItemOf<OutputOf<MethodOf<`${T}.${M}` & MethodName>>>] extends [never] ? never : M;
}[NameIn<T>];

/** The traits of a topic's methods. A misspelt name is a compile error, and so is a list without columns. */
export interface TopicTraits<T extends TopicName> {
  readonly summary: string;
  readonly group: 'core' | 'additional';
  /** Fields that methods are about. The first one that a method requires needs no flag: `keyfob tokens revoke 12`. */
  readonly subjects?: readonly FieldIn<T>[];
  /** The method that runs for the topic's name alone. */
  readonly bare?: NameIn<T>;
  /** Its outputs hold times that the clock offset moves. */
  readonly tokenTimes?: true;
  readonly methods: { readonly [M in ListIn<T>]: MethodTraits<`${T}.${M}` & MethodName> } & {
    readonly [M in Exclude<NameIn<T>, ListIn<T>>]?: MethodTraits<`${T}.${M}` & MethodName>;
  };
}

export const count = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? '' : 's'}`;

/** The end of a sentence about a change that revokes tokens. */
export const revokedToo = (amount: number): string => (amount === 0 ? '.' : `; ${count(amount, 'token')} revoked.`);
