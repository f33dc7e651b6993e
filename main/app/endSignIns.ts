import { KeyfobError } from '../../preload/contract/errors.ts';
import type { CallbackAnswer, OpenCallbackReceiver } from '../engine/ports/callbackReceiver.ts';
import type { EventBus } from './events.ts';

/**
 * Wraps receivers: when the endpoint stops, waiting ends with `call_failed`, as nobody can sign in any more. Listens to
 * events only while one waits, because events without listeners are not built.
 */
export const endSignInsWithEndpoint =
  (open: OpenCallbackReceiver, { onAny }: Pick<EventBus, 'onAny'>): OpenCallbackReceiver =>
  async (callback) => {
    const receiver = await open(callback);
    return {
      ...receiver,
      async receive(judge, options) {
        const { promise: stopped, reject } = Promise.withResolvers<CallbackAnswer>();
        const unsubscribe = onAny((name, data) => {
          if (name !== 'endpoint.changed' || !('running' in data) || data.running) return;
          reject(new KeyfobError('call_failed', 'The endpoint was stopped. Start it, then sign in again.'));
        });
        return await Promise.race([receiver.receive(judge, options), stopped]).finally(unsubscribe);
      },
    };
  };
