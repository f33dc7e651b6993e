import type { Subscription } from '../../../../preload/contract/subscriptions.ts';
import { useKeyfob } from '../../context.ts';
import { asKeyfobError } from '../../core/resource.ts';
import { failureToast } from '../../window/toasts.ts';

/** Actions on subscriptions that act at once, with a toast and an undo. */
export function useSubscriptionActions() {
  const { host, store } = useKeyfob();
  const { show } = store.getState().toasts;
  const words = ({ application, api }: Subscription) => `${application} at ${api}`;

  /** Runs a call. Gives whether it succeeded; else a toast says why. */
  async function attempt(failure: string, call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      show(failureToast(failure, asKeyfobError(error)));
      return false;
    }
  }

  async function restore({ applicationId, apiId, tier, state, ...rest }: Subscription): Promise<void> {
    await attempt(`${words({ applicationId, apiId, tier, state, ...rest })} was not restored.`, async () => {
      const { id } = await host.call('subscriptions.create', {
        application: String(applicationId),
        api: String(apiId),
        tier,
      });
      if (state !== 'UNBLOCKED') await host.call('subscriptions.update', { subscription: id, state });
    });
  }

  return {
    /** Blocks or unblocks a subscription. */
    async toggleBlocked(subscription: Subscription): Promise<void> {
      const { id, state: before } = subscription;
      const blocks = before === 'UNBLOCKED';
      const set = (state: Subscription['state']) => () =>
        host.call('subscriptions.update', { subscription: id, state });
      const done = blocks ? 'is blocked' : 'is active again';
      if (!(await attempt(`${words(subscription)} was not changed.`, set(blocks ? 'BLOCKED' : 'UNBLOCKED')))) return;
      show({
        tone: blocks ? 'warn' : 'good',
        title: `${words(subscription)} ${done}.`,
        action: {
          label: 'Undo',
          alternative: blocks ? 'Unblock it in the list' : 'Change its state in the list',
          run: () => void attempt(`${words(subscription)} was not changed.`, set(before)),
        },
      });
    },
    /** Removes a subscription. */
    async remove(subscription: Subscription): Promise<void> {
      const removed = await attempt(`${words(subscription)} was not removed.`, () =>
        host.call('subscriptions.delete', { subscription: subscription.id }),
      );
      if (!removed) return;
      show({
        title: `${words(subscription)} was removed.`,
        detail: 'Its tokens get 403 there.',
        action: { label: 'Undo', alternative: 'Subscribe again', run: () => void restore(subscription) },
      });
    },
  };
}
