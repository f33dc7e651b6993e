import { z } from 'zod';
import { apiRef } from './apis.ts';
import { read, write } from './define.ts';
import { tierName } from './tiers.ts';
import { applicationRef, id, timeMs } from './values.ts';

/** WSO2's `SUB_STATUS` (gateway reference 3.3). */
export const subscriptionState = z
  .enum(['UNBLOCKED', 'PROD_ONLY_BLOCKED', 'BLOCKED', 'ON_HOLD', 'REJECTED'])
  .describe('state of the subscription');
export type SubscriptionState = z.output<typeof subscriptionState>;

export const subscription = z.strictObject({
  id,
  application: z.string(),
  applicationId: id,
  /** Like `echo/1.0`. */
  api: z.string(),
  apiId: id,
  tier: z.string(),
  state: subscriptionState,
  createdAtMs: timeMs,
});
export type Subscription = z.output<typeof subscription>;

const subscriptionRef = z.strictObject({ subscription: id.describe('id of the subscription') });

export const subscriptions = {
  list: read(
    'List the subscriptions',
    z.strictObject({
      application: applicationRef.optional().describe('those of one application'),
      api: apiRef.optional().describe('those to one API'),
    }),
    z.strictObject({ items: z.array(subscription) }),
  ),
  create: write(
    'Subscribe an application to an API; several times at different tiers if you like',
    z.strictObject({ application: applicationRef, api: apiRef, tier: tierName.default('Unlimited') }),
    subscription,
  ),
  update: write(
    'Change tier or state of a subscription',
    z.strictObject({
      ...subscriptionRef.shape,
      tier: tierName.optional(),
      state: subscriptionState.optional(),
    }),
    subscription,
  ),
  delete: write('Remove a subscription', subscriptionRef, subscription),
};
