import type { Progress } from './define.ts';
import type { ErrorCode, ErrorDetails } from './errors.ts';

/** One call, over any transport. */
export interface Call {
  readonly method: string;
  readonly input: unknown;
}

/** The one reply envelope at the border. */
export type Reply =
  | { readonly ok: true; readonly output: unknown }
  | {
      readonly ok: false;
      readonly error: { readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails };
    };

/** A line of JSON that a transport sends while a bulk method runs; the reply comes last. */
export type Frame = { readonly progress: Progress } | { readonly reply: Reply };
