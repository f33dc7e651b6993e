import type { Tier } from '../../../../preload/contract/tiers.ts';
import type { PortalCall } from '../call.ts';
import { pageOf } from '../lists.ts';
import type { PortalAnswer } from '../portal.ts';
import { notFound } from '../portalError.ts';

const unitMs: Readonly<Record<Tier['windowUnit'], readonly [name: string, ms: number]>> = {
  second: ['sec', 1000],
  minute: ['min', 60_000],
  hour: ['hour', 3_600_000],
  day: ['day', 86_400_000],
  month: ['month', 2_592_000_000],
  year: ['year', 31_536_000_000],
};

/** What API Manager writes for "no limit". */
const unlimited = 2_147_483_647;

const view = (tier: Tier): object => {
  const [timeUnit, ms] = unitMs[tier.windowUnit];
  const isBytes = tier.counts === 'bytes' && tier.limit !== null;
  return {
    name: tier.name,
    description: tier.description,
    policyLevel: tier.level,
    attributes: {},
    requestCount: isBytes ? Math.ceil((tier.limit ?? 0) / 1024) : (tier.limit ?? unlimited),
    dataUnit: isBytes ? 'KB' : null,
    unitTime: tier.windowLength * ms,
    timeUnit,
    rateLimitCount: tier.burstLimit ?? 0,
    rateLimitTimeUnit: tier.burstLimit === null ? null : 'sec',
    quotaPolicyType: isBytes ? 'BANDWIDTHVOLUME' : 'REQUESTCOUNT',
    tierPlan: 'FREE',
    stopOnQuotaReach: tier.stopOnQuota,
    monetizationAttributes: {},
    throttlingPolicyPermissions: { type: 'ALLOW', roles: ['Internal/everyone'] },
  };
};

const tiersOf = ({ ports, parts }: PortalCall): readonly Tier[] => {
  const [level = ''] = parts;
  if (level !== 'application' && level !== 'subscription') throw notFound('policy level', level);
  return ports.store.tiers.list().filter((tier) => tier.level === level);
};

export const listPolicies = (call: PortalCall): PortalAnswer => ({
  status: 200,
  body: pageOf(call.query, `/throttling-policies/${call.parts[0]}`, tiersOf(call), view),
});

export const readPolicy = (call: PortalCall): PortalAnswer => {
  const [, name = ''] = call.parts;
  const tier = tiersOf(call).find((one) => one.name === name);
  if (tier === undefined) throw notFound('throttling policy', name);
  return { status: 200, body: view(tier) };
};
