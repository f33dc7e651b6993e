import { useMemo } from 'react';
import { type Keyfob, useKeyfob } from '../../context.ts';
import { asKeyfobError } from '../../core/resource.ts';
import { failureToast } from '../../window/toasts.ts';

async function start(keyfob: Keyfob, port?: number): Promise<void> {
  const { host, store } = keyfob;
  try {
    await host.call('endpoint.start', port === undefined ? {} : { port });
  } catch (thrown) {
    const error = asKeyfobError(thrown);
    const free = error.details.port?.free;
    store.getState().toasts.show({
      ...failureToast('The endpoint did not start.', error),
      ...(free !== undefined && {
        action: {
          label: `Use ${free}`,
          alternative: 'Choose another port on the endpoint screen',
          run: () => void start(keyfob, free),
        },
      }),
    });
  }
}

async function stop({ host, store }: Keyfob): Promise<void> {
  try {
    await host.call('endpoint.stop', {});
  } catch (error) {
    store.getState().toasts.show(failureToast('The endpoint did not stop.', asKeyfobError(error)));
  }
}

/** Starts and stops the endpoint. A toast shows an error. When the port is taken, it offers a free one. */
export function useEndpointSwitch(): { readonly start: () => Promise<void>; readonly stop: () => Promise<void> } {
  const keyfob = useKeyfob();
  return useMemo(() => ({ start: () => start(keyfob), stop: () => stop(keyfob) }), [keyfob]);
}
