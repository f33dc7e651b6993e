import type { Progress } from './define.ts';
import type { ErrorCode, ErrorDetails } from './errors.ts';

/** One call, over whatever transport. */
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

/** What a transport may carry while a bulk method runs, one JSON value per line; the reply comes last. */
export type Frame = { readonly progress: Progress } | { readonly reply: Reply };
