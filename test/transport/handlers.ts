import { createDispatch, type Dispatch, type DispatchParts } from '../../main/transport/dispatch.ts';
import { contract, type Handlers } from '../../preload/contract/index.ts';
import type { Reply } from '../../preload/contract/wire.ts';

type Given = { readonly [T in keyof Handlers]?: Partial<Handlers[T]> };

/** Gives the handlers of a test. All other methods of the contract fail. */
function handlersWith(given: Given): Handlers {
  const all = Object.entries(contract).map(([topic, methods]) => {
    const failing = Object.keys(methods).map((name) => [
      name,
      () => {
        throw new Error(`${topic}.${name} is not part of this test`);
      },
    ]);
    return [topic, { ...Object.fromEntries(failing), ...given[topic as keyof Handlers] }];
  });
  return Object.fromEntries(all);
}

/** A dispatch with an unlocked vault, whose transactions are plain calls. */
export const dispatchOf = (given: Given, parts: Partial<DispatchParts> = {}): Dispatch =>
  createDispatch({
    handlers: handlersWith(given),
    submit: async (work) => work(),
    isLocked: () => 'unlocked',
    ...parts,
  });

/** Gives the error of a failed reply; throws for any other. */
export function errorOf(reply: Reply) {
  if (reply.ok) throw new Error(`expected a failure, got ${JSON.stringify(reply.output)}`);
  return reply.error;
}

export const mintInput = { application: 'Shop', keyType: 'PRODUCTION' as const, device: ['a'] };

/** A dispatch whose bulk call never ends, and a promise of the message with which it is cancelled. */
export function endlessMint() {
  const cancelled = Promise.withResolvers<string>();
  const mint = dispatchOf(
    {
      devices: {
        *mint() {
          for (let done = 1; ; done += 1) yield { done, total: 1_000_000 };
        },
      },
    },
    { submit: (work) => new Promise((resolve) => setImmediate(() => resolve(work()))) },
  );
  const dispatch: Dispatch = async (call, options) => {
    const reply = await mint(call, options);
    cancelled.resolve(errorOf(reply).message);
    return reply;
  };
  return { dispatch, cancelled: cancelled.promise };
}
