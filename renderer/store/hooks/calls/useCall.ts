import { useCallback, useRef, useState } from 'react';
import type { InputOf, OutputOf, Progress } from '../../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { MethodName, MethodOf } from '../../../../preload/contract/index.ts';
import { useKeyfob } from '../../context.ts';
import { asKeyfobError } from '../../core/resource.ts';

/** A contract method as an action of a component. */
export interface Action<N extends MethodName> {
  /** Calls the method. Resolves to the output, or to `undefined` after an error (see `error`) or a later run. */
  run(input: InputOf<MethodOf<N>>): Promise<OutputOf<MethodOf<N>> | undefined>;
  readonly pending: boolean;
  /** The progress of a bulk method. */
  readonly progress: Progress | undefined;
  /** Why the last run failed. A cancelled run did not fail. */
  readonly error: KeyfobError | undefined;
  /** Cancels the run. Completed steps stay. */
  cancel(): void;
  /** Clears the error. */
  reset(): void;
}

interface Running {
  readonly pending: boolean;
  readonly progress: Progress | undefined;
  readonly error: KeyfobError | undefined;
}

const idle: Running = { pending: false, progress: undefined, error: undefined };

/**
 * A contract method as an action: pending, progress, error, cancel. Only the caller gets the output, so the component decides
 * how long a secret in it lives. A run continues when its component is gone.
 */
export function useCall<N extends MethodName>(name: N): Action<N> {
  const { host } = useKeyfob();
  const [running, setRunning] = useState<Running>(idle);
  const current = useRef<AbortController>(undefined);

  const run = useCallback(
    async (input: InputOf<MethodOf<N>>) => {
      const mine = new AbortController();
      current.current = mine;
      const show = (shown: Running) => {
        if (current.current === mine) setRunning(shown);
      };
      show({ ...idle, pending: true });
      try {
        const output = await host.call(name, input, {
          signal: mine.signal,
          onProgress: (progress) => show({ ...idle, pending: true, progress }),
        });
        show(idle);
        return current.current === mine ? output : undefined;
      } catch (thrown) {
        const error = asKeyfobError(thrown);
        show(error.code === 'cancelled' ? idle : { ...idle, error });
        return undefined;
      }
    },
    [host, name],
  );
  const cancel = useCallback(() => current.current?.abort(), []);
  const reset = useCallback(() => setRunning((before) => (before.pending ? before : idle)), []);
  return { run, cancel, reset, ...running };
}
