import type { Handlers } from '../../preload/contract/index.ts';
import type { VaultControl } from '../engine/ports/vault.ts';
import { storageError } from '../store/database/errors.ts';
import type { Dispatch } from '../transport/dispatch.ts';
import { type Caller, outputOf } from '../transport/reply.ts';
import type { Foundation } from './data/foundation.ts';

export interface Calls {
  /** Calls one contract method. Rejects with a `KeyfobError`. */
  readonly call: Caller;
  /** The same for a transport: answers with an envelope and never rejects. */
  readonly dispatch: Dispatch;
}

/**
 * Creates the two ways to call the contract. Parsing is loaded with the first call, because it needs zod and the endpoint does not. A
 * reply waits until the changes that it shows are on disk.
 */
export function createCalls(
  { opened: { commit }, onError }: Pick<Foundation, 'opened' | 'onError'>,
  handlers: Handlers,
  vault: Pick<VaultControl, 'status'>,
): Calls {
  const parts = {
    handlers,
    submit: commit.submit,
    isLocked: () => vault.status().state,
    asKnown: storageError,
    onError,
  };
  let loaded: Promise<Dispatch> | undefined;
  const dispatch: Dispatch = async (call, options) => {
    loaded ??= import('../transport/dispatch.ts').then(({ createDispatch }) => createDispatch(parts));
    const reply = await (await loaded)(call, options);
    if (commit.unsynced) await commit.synced().catch(() => undefined);
    return reply;
  };
  const call: Caller = async (method, input, options) => {
    const reply = await dispatch({ method, input }, options);
    return outputOf(reply) as Awaited<ReturnType<typeof call<typeof method>>>;
  };
  return { call, dispatch };
}
