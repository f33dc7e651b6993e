import type { InputOf, OutputOf, Progress } from '../../preload/contract/define.ts';
import { type ErrorCode, type ErrorDetails, KeyfobError } from '../../preload/contract/errors.ts';
import type { MethodName, MethodOf } from '../../preload/contract/index.ts';
import type { Reply } from '../../preload/contract/wire.ts';

/** What a caller may pass beside the input. */
export interface CallOptions {
  /** Called between the steps of a bulk method or a scan. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Stops a bulk method or a scan between two steps; what a bulk method did so far stays. */
  readonly signal?: AbortSignal | undefined;
  /** That of what is called, either all stays or nothing: a `job`. */
  readonly allOrNothing?: boolean | undefined;
}

/** One method of a client, typed by its name. Rejects with {@link KeyfobError}. */
export type Caller = <N extends MethodName>(
  name: N,
  input: InputOf<MethodOf<N>>,
  options?: CallOptions,
) => Promise<OutputOf<MethodOf<N>>>;

export const failure = (code: ErrorCode, message: string, details: ErrorDetails = {}): Reply => ({
  ok: false,
  error: { code, message, details },
});

/** The output of a reply; throws the error it carries. */
export function outputOf(reply: Reply): unknown {
  if (reply.ok) return reply.output;
  throw new KeyfobError(reply.error.code, reply.error.message, reply.error.details);
}
