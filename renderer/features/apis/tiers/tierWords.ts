import type { Tier, TierLevel } from '../../../../preload/contract/tiers.ts';
import { countOf } from '../../../ui/facts/count.ts';
import { formatQuota } from '../../../ui/facts/quota.ts';

/** The levels, and their counters. */
export const levelWords: Readonly<
  Record<TierLevel, { readonly label: string; readonly title: string; readonly meaning: string }>
> = {
  application: {
    label: 'Application',
    title: 'Application tiers',
    meaning: 'For an application. Each of its users has a counter.',
  },
  subscription: {
    label: 'Subscription',
    title: 'Subscription tiers',
    meaning: 'For a subscription. All users of the application share the counter.',
  },
  advanced: {
    label: 'API and resource',
    title: 'API and resource tiers',
    meaning: 'For an API or a resource. All applications share the counter.',
  },
};

/** A tier's limits in words: "5,000 requests a minute, at most 10 requests in 1 s". */
export function tierWords(tier: Tier): string {
  const { burstLimit, burstSeconds, stopOnQuota, perUser } = tier;
  return [
    formatQuota(tier),
    burstLimit !== null && `bursts up to ${countOf(burstLimit, 'request')} in ${burstSeconds} s`,
    perUser && 'for each user',
    !stopOnQuota && 'more requests still pass',
  ]
    .filter(Boolean)
    .join(', ');
}

/** Every level has this tier. It can't be changed. */
export const unlimited = 'Unlimited';

/** Whether a tier can be deleted. Requests without a token count at Unauthenticated. */
export const canDelete = ({ level, name }: Tier): boolean =>
  name !== unlimited && !(level === 'subscription' && name === 'Unauthenticated');
