import { basePathOf } from '../../apis/paths.ts';
import { ownerOf } from '../../clients/client.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ApplicationRow } from '../../ports/store/applications.ts';
import type { TierRow } from '../../ports/store/tiers.ts';
import type { JwtFacts, TierInfo } from './claims.ts';

/** WSO2's units of a burst limit. */
const unitOf = (seconds: number): string => (seconds === 60 ? 'min' : 'sec');

const infoOf = ({ stopOnQuota, burstLimit, burstSeconds }: TierRow): TierInfo => ({
  stopOnQuotaReach: stopOnQuota,
  spikeArrestLimit: burstLimit ?? 0,
  spikeArrestUnit: burstLimit === null ? null : unitOf(burstSeconds),
});

/** The working subscriptions of an application, and their tiers, as a token of 2.x states them (JWT reference 10.1). */
export const subscriptionsOf = (ports: Ports, application: ApplicationRow): ReturnType<JwtFacts['subscriptions']> => {
  const { subscriptions, apis, tiers } = ports.store;
  const { tenantDomain } = ownerOf(ports, application);
  const working = subscriptions.ofApplication(application.id).filter(({ state }) => state === 'UNBLOCKED');
  return {
    apis: working.flatMap(({ apiId, tier }) => {
      const api = apis.byId(apiId);
      if (api === undefined) return [];
      const { name, version } = api;
      return [
        {
          subscriberTenantDomain: tenantDomain,
          name,
          context: basePathOf(api),
          // An API has no publisher here.
          publisher: 'admin',
          version,
          subscriptionTier: tier,
        },
      ];
    }),
    tiers: Object.fromEntries(
      working.flatMap(({ tier }) => {
        const row = tiers.byName('subscription', tier);
        return row === undefined ? [] : [[tier, infoOf(row)]];
      }),
    ),
  };
};
