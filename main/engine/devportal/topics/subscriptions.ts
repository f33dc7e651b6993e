import { subscriptionBody, subscriptionsBody, subscriptionUpdateBody } from '../../../../preload/contract/devportal.ts';
import { apiLabel } from '../../apis/findApi.ts';
import type { Ports } from '../../ports/ports.ts';
import type { SubscriptionRow } from '../../ports/store/subscriptions.ts';
import { displayName } from '../../usernames.ts';
import { applicationsOf, ownApplication, type PortalCall } from '../call.ts';
import { portalId, rowIdOf } from '../ids.ts';
import { parseBody } from '../input.ts';
import { pageOf } from '../lists.ts';
import type { PortalAnswer } from '../portal.ts';
import { alreadyExists, badRequest, forbidden, notFound, PortalError } from '../portalError.ts';
import { apiInfo, subscriptionTiers, visibleApi } from './apis.ts';
import { applicationInfo } from './applications.ts';

const view = (ports: Ports, row: SubscriptionRow): object => {
  const application = ports.store.applications.byId(row.applicationId);
  const api = ports.store.apis.byId(row.apiId);
  return {
    subscriptionId: portalId('subscription', row.id),
    applicationId: portalId('application', row.applicationId),
    apiId: portalId('api', row.apiId),
    apiInfo: api === undefined ? null : apiInfo(ports, api),
    applicationInfo: application === undefined ? null : applicationInfo(ports, application),
    throttlingPolicy: row.tier,
    requestedThrottlingPolicy: row.tier,
    status: row.state,
    redirectionParams: null,
  };
};

const rowOf = ({ store }: Ports, id: number): SubscriptionRow => {
  const row = store.subscriptions.byId(id);
  if (row === undefined) throw new Error(`There is no subscription ${id}.`);
  return row;
};

/** A subscription of one of the caller's applications. Throws `PortalError` 404 or 403. */
const ownSubscription = ({ ports, user, parts }: PortalCall): SubscriptionRow => {
  const [id = ''] = parts;
  const rowId = rowIdOf('subscription', id);
  const row = rowId === undefined ? undefined : ports.store.subscriptions.byId(rowId);
  const application = row && ports.store.applications.byId(row.applicationId);
  if (row === undefined || application === undefined || application.deletedAtMs !== null) {
    throw notFound('subscription', id);
  }
  if (application.ownerId !== user.id) {
    throw forbidden('subscription', id, `User ${displayName(user)} does not own "${application.name}".`);
  }
  return row;
};

const demandTier = (ports: Ports, tier: string, label: string): void => {
  const tiers = subscriptionTiers(ports);
  if (tiers.includes(tier)) return;
  const description = `Tier ${tier} is not allowed for API ${label}. Only ${tiers.join(', ')} Tiers are allowed.`;
  throw new PortalError(403, 'Forbidden', description);
};

/** API Manager 4.x has one subscription of an application to an API, whatever its tier. */
const subscribe = (call: PortalCall, given: unknown): SubscriptionRow => {
  const { ports, methods } = call;
  const { applicationId, apiId, throttlingPolicy: tier } = parseBody(subscriptionBody, given);
  const api = visibleApi(ports, apiId);
  const application = ownApplication(call, applicationId);
  demandTier(ports, tier, `${api.name}-${api.version}`);
  if (api.state !== 'PUBLISHED') {
    throw notFound('API', apiId, `${apiLabel(api)} is ${api.state}, so it takes no new subscription.`);
  }
  const existing = ports.store.subscriptions.ofApplication(application.id).find((row) => row.apiId === api.id);
  if (existing !== undefined) {
    throw alreadyExists(
      `Specified subscription already exists for API ${apiId}, for application ${applicationId}`,
      `"${application.name}" subscribes to ${apiLabel(api)} at ${existing.tier}.`,
    );
  }
  const { id } = methods.subscriptions.create({ application: application.name, api: apiLabel(api), tier });
  return rowOf(ports, id);
};

/** Those of an API or of an application, of the caller's applications only. */
export const listSubscriptions = (call: PortalCall): PortalAnswer => {
  const { ports, query } = call;
  const [apiId = '', applicationId = ''] = [query.get('apiId'), query.get('applicationId')];
  const answer = (path: string, rows: readonly SubscriptionRow[]): PortalAnswer => ({
    status: 200,
    body: pageOf(query, path, rows, (row) => view(ports, row)),
  });
  if (apiId !== '') {
    const { id } = visibleApi(ports, apiId);
    const named = applicationsOf(call).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const rows = named.flatMap((one) => ports.store.subscriptions.ofApplication(one.id));
    return answer(
      `/subscriptions?apiId=${apiId}&groupId=`,
      rows.filter((row) => row.apiId === id),
    );
  }
  if (applicationId === '') throw badRequest('Either applicationId or apiId should be available');
  const { id } = ownApplication(call, applicationId);
  return answer(`/subscriptions?applicationId=${applicationId}`, ports.store.subscriptions.ofApplication(id));
};

export const createSubscription = (call: PortalCall): PortalAnswer => {
  const row = subscribe(call, call.body);
  return {
    status: 201,
    body: view(call.ports, row),
    location: `/subscriptions/${portalId('subscription', row.id)}`,
  };
};

/** All or nothing: API Manager would keep those before the first refusal. */
export const createSubscriptions = (call: PortalCall): PortalAnswer => ({
  status: 200,
  body: parseBody(subscriptionsBody, call.body).map((given) => view(call.ports, subscribe(call, given))),
});

export const readSubscription = (call: PortalCall): PortalAnswer => ({
  status: 200,
  body: view(call.ports, ownSubscription(call)),
});

export const updateSubscription = (call: PortalCall): PortalAnswer => {
  const { ports, methods } = call;
  const row = ownSubscription(call);
  const { requestedThrottlingPolicy, throttlingPolicy } = parseBody(subscriptionUpdateBody, call.body);
  if (!['UNBLOCKED', 'PROD_ONLY_BLOCKED'].includes(row.state)) {
    throw badRequest('Cannot update subscriptions with provided or existing status', `It is ${row.state}.`);
  }
  const tier = requestedThrottlingPolicy ?? throttlingPolicy ?? row.tier;
  const api = ports.store.apis.byId(row.apiId);
  demandTier(ports, tier, api === undefined ? '' : `${api.name}-${api.version}`);
  methods.subscriptions.update({ subscription: row.id, tier });
  return { status: 200, body: view(ports, rowOf(ports, row.id)) };
};

export const deleteSubscription = (call: PortalCall): PortalAnswer => {
  call.methods.subscriptions.delete({ subscription: ownSubscription(call).id });
  return { status: 200 };
};
