import type { z } from 'zod';

/**
 * How a method runs:
 * - `read`: synchronous, changes nothing.
 * - `write`: synchronous, one transaction, answered after it is on disk.
 * - `bulk`: a generator; each step is one transaction, and yields its progress. Can be cancelled between steps.
 * - `scan`: a generator that changes nothing; others get their turn between its steps. Can be cancelled like `bulk`.
 * - `control`: asynchronous, acts on the vault, the endpoint or the process.
 * - `job`: asynchronous and long; all or nothing comes of it, and until then it can be cancelled.
 */
export type MethodKind = 'read' | 'write' | 'bulk' | 'scan' | 'control' | 'job';

export interface Method<K extends MethodKind, I extends z.ZodObject, O extends z.ZodType> {
  readonly kind: K;
  /** One line for help texts and the command palette. */
  readonly summary: string;
  readonly input: I;
  readonly output: O;
  /** True when the method answers while the vault is locked or not yet made. */
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
export const job = define('job');

/** What a caller passes: defaults may be left out. */
export type InputOf<M extends AnyMethod> = z.input<M['input']>;
/** What a handler receives: parsed, defaults filled in. */
export type ParsedInputOf<M extends AnyMethod> = z.output<M['input']>;
export type OutputOf<M extends AnyMethod> = z.output<M['output']>;

export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** How a `job` tells how far it is, and hears that nobody wants it any more. */
export interface Watch {
  onProgress(progress: Progress): void;
  readonly cancelled: () => boolean;
}

/** The function behind a method; its shape follows from the method's kind. */
export type HandlerOf<M extends AnyMethod> = M['kind'] extends 'bulk' | 'scan'
  ? (input: ParsedInputOf<M>) => Generator<Progress, OutputOf<M>, void>
  : M['kind'] extends 'job'
    ? (input: ParsedInputOf<M>, watch: Watch) => Promise<OutputOf<M>>
    : M['kind'] extends 'control'
      ? (input: ParsedInputOf<M>) => Promise<OutputOf<M>>
      : (input: ParsedInputOf<M>) => OutputOf<M>;

export type HandlersOf<T extends Topic> = { readonly [M in keyof T]: HandlerOf<T[M]> };
