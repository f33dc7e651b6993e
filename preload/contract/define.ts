import type { z } from 'zod';

/**
 * How a method runs:
 * - `read`: synchronous, changes nothing.
 * - `write`: synchronous, one transaction, answered after it is on disk.
 * - `bulk`: a generator; each step is one transaction, and yields its progress. Can be cancelled between steps.
 * - `scan`: a generator that changes nothing; other calls run between its steps. Can be cancelled like `bulk`.
 * - `control`: asynchronous, acts on the vault, the endpoint or the process.
 * - `call`: asynchronous, sends HTTP requests. A cancelled one may have had its effect.
 * - `job`: asynchronous and long. It either completes or leaves no trace, and can be cancelled until it completes.
 */
export type MethodKind = 'read' | 'write' | 'bulk' | 'scan' | 'control' | 'call' | 'job';

export interface Method<K extends MethodKind, I extends z.ZodObject, O extends z.ZodType> {
  readonly kind: K;
  /** One line for help texts and the command palette. */
  readonly summary: string;
  readonly input: I;
  readonly output: O;
  /** True when the method answers while the vault is locked or does not exist yet. */
  readonly whileLocked: boolean;
  /** True for methods that serve a window's tables: callable, but left out of the command line's help. */
  readonly internal: boolean;
}

export type AnyMethod = Method<MethodKind, z.ZodObject, z.ZodType>;
export type Topic = Readonly<Record<string, AnyMethod>>;

const define =
  <K extends MethodKind>(kind: K) =>
  <I extends z.ZodObject, O extends z.ZodType>(
    summary: string,
    input: I,
    output: O,
    { whileLocked = false, internal = false }: { readonly whileLocked?: boolean; readonly internal?: boolean } = {},
  ): Method<K, I, O> => ({ kind, summary, input, output, whileLocked, internal });

export const read = define('read');
export const write = define('write');
export const bulk = define('bulk');
export const scan = define('scan');
export const control = define('control');
export const call = define('call');
export const job = define('job');

/** The input of a caller, who can leave defaults out. */
export type InputOf<M extends AnyMethod> = z.input<M['input']>;
/** The input of a handler: parsed, with defaults. */
export type ParsedInputOf<M extends AnyMethod> = z.output<M['input']>;
export type OutputOf<M extends AnyMethod> = z.output<M['output']>;

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** The call waits for a person, who goes on at this address in a browser. */
  readonly openUrl?: string;
}

/** How a `job` or `call` reports its progress and learns that it was cancelled. */
export interface Watch {
  onProgress(progress: Progress): void;
  readonly cancelled: () => boolean;
  /** Calls `stop` once when it is cancelled. Gives the function that ends this. */
  whenCancelled(stop: () => void): () => void;
}

/** The function behind a method. The method's kind decides its shape. */
export type HandlerOf<M extends AnyMethod> = M['kind'] extends 'bulk' | 'scan'
  ? (input: ParsedInputOf<M>) => Generator<Progress, OutputOf<M>, void>
  : M['kind'] extends 'job' | 'call'
    ? (input: ParsedInputOf<M>, watch: Watch) => Promise<OutputOf<M>>
    : M['kind'] extends 'control'
      ? (input: ParsedInputOf<M>) => Promise<OutputOf<M>>
      : (input: ParsedInputOf<M>) => OutputOf<M>;

export type HandlersOf<T extends Topic> = { readonly [M in keyof T]: HandlerOf<T[M]> };
