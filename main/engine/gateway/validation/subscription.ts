import type { KeyType } from '../../../../preload/contract/values.ts';
import type { Ports } from '../../ports/ports.ts';
import type { SubscriptionRow } from '../../ports/store/subscriptions.ts';

/** The subscriptions of an application to an API: those that it may use, or why it has none. */
export type SubscriptionCheck =
  | { readonly code: undefined; readonly usable: readonly SubscriptionRow[] }
  | { readonly code: 900907 | 900908 | 900909; readonly subscription: SubscriptionRow | undefined };

const blockedCode = ({ state }: SubscriptionRow, keyType: KeyType): 900907 | 900909 | undefined => {
  switch (state) {
    case 'UNBLOCKED':
      return undefined;
    case 'BLOCKED':
      return 900907;
    case 'PROD_ONLY_BLOCKED':
      return keyType === 'PRODUCTION' ? 900907 : undefined;
    case 'ON_HOLD':
    case 'REJECTED':
      return 900909;
  }
};

const open: SubscriptionCheck = { code: undefined, usable: [] };

/**
 * Checks the subscription states of gateway reference 3.3. An open API needs no subscription, but an existing one
 * counts. If all are blocked, the oldest one names the fault.
 */
export const checkSubscription = (
  { store }: Ports,
  api: { readonly id: number; readonly open: boolean },
  applicationId: number,
  keyType: KeyType,
): SubscriptionCheck => {
  const all = store.subscriptions.ofApplication(applicationId).filter(({ apiId }) => apiId === api.id);
  const [oldest] = all;
  if (oldest === undefined) return api.open ? open : { code: 900908, subscription: undefined };
  const usable = all.filter((one) => blockedCode(one, keyType) === undefined);
  const code = usable.length > 0 ? undefined : blockedCode(oldest, keyType);
  return code === undefined ? { code: undefined, usable } : { code, subscription: oldest };
};
