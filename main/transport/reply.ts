import type { InputOf, OutputOf, Progress } from '../../preload/contract/define.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { MethodName, MethodOf } from '../../preload/contract/index.ts';
import type { Reply } from '../../preload/contract/wire.ts';

/** Options of a call, in addition to its input. */
export interface CallOptions {
  /** Called between the steps of a bulk method or a scan. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Stops a bulk method or a scan between two steps. A bulk method's finished steps stay. */
  readonly signal?: AbortSignal | undefined;
  /** The call is a `job`: it completes or leaves no trace. */
  readonly allOrNothing?: boolean | undefined;
}

/** Calls one method of the contract, typed by its name. Rejects with {@link KeyfobError}. */
export type Caller = <N extends MethodName>(
  name: N,
  input: InputOf<MethodOf<N>>,
  options?: CallOptions,
) => Promise<OutputOf<MethodOf<N>>>;

/** Gives the output of a reply. Throws the error of a failed one. */
export function outputOf(reply: Reply): unknown {
  if (reply.ok) return reply.output;
  throw new KeyfobError(reply.error.code, reply.error.message, reply.error.details);
}
