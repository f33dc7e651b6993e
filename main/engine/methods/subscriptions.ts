import type { Handlers } from '../../../preload/contract/index.ts';
import type { Subscription } from '../../../preload/contract/subscriptions.ts';
import { apiLabel, findApi } from '../apis/findApi.ts';
import { findTier } from '../apis/tierRules.ts';
import { conflict, notFound } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { SubscriptionRow } from '../ports/store/subscriptions.ts';
import { findApplication } from '../references.ts';

/** Undefined while its application is deleted but not purged. */
const view = ({ store }: Ports, row: SubscriptionRow): Subscription | undefined => {
  const application = store.applications.byId(row.applicationId);
  const api = store.apis.byId(row.apiId);
  if (application === undefined || application.deletedAtMs !== null || api === undefined) return undefined;
  return { ...row, application: application.name, api: apiLabel(api) };
};

const find = (ports: Ports, id: number): { readonly row: SubscriptionRow; readonly shown: Subscription } => {
  const row = ports.store.subscriptions.byId(id);
  const shown = row && view(ports, row);
  if (row === undefined || shown === undefined) throw notFound('subscription', `No subscription has the id ${id}.`);
  return { row, shown };
};

const demandFreeTier = (ports: Ports, row: Omit<SubscriptionRow, 'id'>, exceptId?: number): void => {
  const other = ports.store.subscriptions
    .ofApplication(row.applicationId)
    .find(({ id, apiId, tier }) => id !== exceptId && apiId === row.apiId && tier === row.tier);
  if (other === undefined) return;
  throw conflict('tier', `This application is already subscribed to this API at ${row.tier}. Choose another tier.`);
};

export const subscriptionHandlers = (ports: Ports): Handlers['subscriptions'] => {
  const changed = ({ applicationId, apiId }: SubscriptionRow): void => {
    ports.events.emit('subscriptions.changed', { applicationId, apiId });
  };
  return {
    list: ({ application, api }) => {
      const applicationId = application === undefined ? undefined : findApplication(ports, application).id;
      const apiId = api === undefined ? undefined : findApi(ports, api).id;
      const items = ports.store.subscriptions
        .list()
        .filter((row) => applicationId === undefined || row.applicationId === applicationId)
        .filter((row) => apiId === undefined || row.apiId === apiId)
        .flatMap((row) => view(ports, row) ?? []);
      return { items };
    },
    create: ({ application, api, tier }) => {
      const { id: applicationId } = findApplication(ports, application);
      const apiRow = findApi(ports, api);
      // Gateway reference 3.1.
      if (apiRow.state !== 'PUBLISHED') {
        throw conflict(
          'api',
          `${apiLabel(apiRow)} is ${apiRow.state}, so it takes no new subscription. Publish it first.`,
        );
      }
      findTier(ports, 'subscription', tier, 'tier');
      const createdAtMs = ports.clock.realTimeMs();
      const fresh = { applicationId, apiId: apiRow.id, tier, state: 'UNBLOCKED', createdAtMs } as const;
      demandFreeTier(ports, fresh);
      const row = ports.store.subscriptions.insert(fresh);
      changed(row);
      return find(ports, row.id).shown;
    },
    update: ({ subscription, tier, state }) => {
      const { row: before } = find(ports, subscription);
      const row: SubscriptionRow = { ...before, tier: tier ?? before.tier, state: state ?? before.state };
      if (tier !== undefined) findTier(ports, 'subscription', tier, 'tier');
      demandFreeTier(ports, row, row.id);
      ports.store.subscriptions.update(row);
      changed(row);
      return find(ports, row.id).shown;
    },
    delete: ({ subscription }) => {
      const { row, shown } = find(ports, subscription);
      ports.store.subscriptions.delete(row.id);
      changed(row);
      return shown;
    },
  };
};
