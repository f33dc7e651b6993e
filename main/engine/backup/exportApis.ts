import type { BackupLine } from '../../../preload/contract/backupFile.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApiRow } from '../ports/store/apis.ts';
import type { ApplicationRow } from '../ports/store/applications.ts';
import type { ScopeRow } from '../ports/store/scopes.ts';
import type { SubscriptionRow } from '../ports/store/subscriptions.ts';
import type { TierRow } from '../ports/store/tiers.ts';

interface Selection {
  readonly everything: boolean;
  readonly applications: readonly ApplicationRow[];
  readonly scopes: readonly ScopeRow[];
}

interface ExportedApis {
  readonly tiers: readonly BackupLine<'tier'>[];
  readonly apis: readonly BackupLine<'api'>[];
  readonly subscriptions: readonly BackupLine<'subscription'>[];
}

const apiLine = ({ id: ref, resources, cors, ...rest }: ApiRow): BackupLine<'api'> => ({
  ...{ ref, ...rest },
  cors: cors && { ...cors },
  resources: resources.map((resource) => ({ ...resource, scopes: [...resource.scopes] })),
});

/** The tiers that rows use, as `level name`. */
const usedTiers = (
  applications: readonly ApplicationRow[],
  subscriptions: readonly SubscriptionRow[],
  apis: readonly ApiRow[],
): ReadonlySet<string> =>
  new Set([
    ...applications.map(({ tier }) => `application ${tier}`),
    ...subscriptions.map(({ tier }) => `subscription ${tier}`),
    ...apis
      .flatMap(({ tier, resources }) => [tier, ...resources.map((one) => one.tier)])
      .map((tier) => `advanced ${tier}`),
  ]);

/** Every installation has the Unlimited tiers, and nobody can change them. */
const isPortable = ({ name }: TierRow): boolean => name !== 'Unlimited';

/** The subscriptions of exported applications, with the APIs and tiers that applications and scopes need; or all. */
export const exportApis = ({ store }: Ports, { everything, applications, scopes }: Selection): ExportedApis => {
  const subscriptions = applications.flatMap(({ id }) => store.subscriptions.ofApplication(id));
  const needed = new Set([...subscriptions.map(({ apiId }) => apiId), ...scopes.flatMap(({ apiIds }) => apiIds)]);
  const apis = store.apis.list().filter(({ id }) => everything || needed.has(id));
  const used = usedTiers(applications, subscriptions, apis);
  const tiers = store.tiers
    .list()
    .filter(isPortable)
    .filter(({ level, name }) => everything || used.has(`${level} ${name}`));
  return {
    tiers: tiers.map(({ id: _, ...tier }) => tier),
    apis: apis.map(apiLine),
    subscriptions: subscriptions.map(({ applicationId: application, apiId: api, tier, state, createdAtMs }) => ({
      ...{ application, api, tier, state, createdAtMs },
    })),
  };
};
