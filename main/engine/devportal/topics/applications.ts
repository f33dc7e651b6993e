import { applicationBody } from '../../../../preload/contract/devportal.ts';
import { ownerOf } from '../../clients/client.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ApplicationRow } from '../../ports/store/applications.ts';
import { displayName } from '../../usernames.ts';
import { applicationsOf, ownApplication, type PortalCall } from '../call.ts';
import { portalId } from '../ids.ts';
import { parseBody } from '../input.ts';
import { pageOf } from '../lists.ts';
import type { PortalAnswer } from '../portal.ts';
import { alreadyExists, badRequest } from '../portalError.ts';

/** The short form, in lists and subscriptions. */
export const applicationInfo = (ports: Ports, row: ApplicationRow): object => ({
  applicationId: portalId('application', row.id),
  name: row.name,
  throttlingPolicy: row.tier,
  description: row.description,
  status: 'APPROVED',
  groups: [],
  subscriptionCount: ports.store.subscriptions.ofApplication(row.id).length,
  attributes: {},
  owner: displayName(ownerOf(ports, row)),
  createdTime: String(row.createdAtMs),
  updatedTime: String(row.createdAtMs),
});

/** The scopes of the APIs that an application subscribes to. */
const subscriptionScopes = ({ store }: Ports, { id }: ApplicationRow): object[] => {
  const apiIds = new Set(store.subscriptions.ofApplication(id).map(({ apiId }) => apiId));
  return store.scopes
    .list()
    .filter((scope) => scope.apiIds.some((apiId) => apiIds.has(apiId)))
    .map(({ name, roles, description }) => ({ key: name, name, roles, description }));
};

const details = (ports: Ports, row: ApplicationRow): object => {
  const keySets = ports.store.keySets.ofApplication(row.id);
  const isOpaque = keySets.length > 0 && keySets.every(({ tokenFormat }) => tokenFormat === 'opaque');
  return {
    ...applicationInfo(ports, row),
    tokenType: isOpaque ? 'OAUTH' : 'JWT',
    keys: [],
    subscriptionScopes: subscriptionScopes(ports, row),
    hashEnabled: false,
  };
};

/** Names and tiers are in one place, and names are unique among all owners. Throws `PortalError` 400 or 409. */
const demandValid = ({ ports }: PortalCall, name: string, tier: string, own?: ApplicationRow): void => {
  if (ports.store.tiers.byName('application', tier) === undefined) {
    throw badRequest(`Specified tier ${tier} is invalid`);
  }
  const other = ports.store.applications.byName(name);
  if (other === undefined || other.id === own?.id) return;
  const why = `It belongs to ${displayName(ownerOf(ports, other))}; names are unique among all owners here.`;
  throw alreadyExists(`An application already exists with name ${name}`, why);
};

const rowOf = ({ ports }: PortalCall, id: number): ApplicationRow => {
  const row = ports.store.applications.byId(id);
  if (row === undefined) throw new Error(`There is no application ${id}.`);
  return row;
};

const sortKeys = new Map<string, (row: ApplicationRow) => string>([
  ['name', ({ name }) => name],
  ['throttlingPolicy', ({ tier }) => tier],
  // All are approved.
  ['status', () => ''],
]);

/** `query` is the exact name, as the documentation of API Manager says. */
export const listApplications = (call: PortalCall): PortalAnswer => {
  const { ports, query } = call;
  const name = query.get('query') ?? '';
  const sortKey = sortKeys.get(query.get('sortBy') || 'name');
  if (sortKey === undefined) throw badRequest('sortBy is name, throttlingPolicy or status.');
  const direction = query.get('sortOrder') === 'desc' ? -1 : 1;
  const found = applicationsOf(call)
    .filter((row) => name === '' || row.name === name)
    .toSorted((a, b) => direction * (sortKey(a) < sortKey(b) ? -1 : sortKey(a) > sortKey(b) ? 1 : a.id - b.id));
  return { status: 200, body: pageOf(query, '/applications?groupId=', found, (row) => applicationInfo(ports, row)) };
};

export const createApplication = (call: PortalCall): PortalAnswer => {
  const { name, throttlingPolicy, description } = parseBody(applicationBody, call.body);
  demandValid(call, name, throttlingPolicy);
  const owner = displayName(call.user);
  const { id } = call.methods.applications.create({ name, owner, description, tier: throttlingPolicy });
  return {
    status: 201,
    body: details(call.ports, rowOf(call, id)),
    location: `/applications/${portalId('application', id)}`,
  };
};

export const readApplication = (call: PortalCall): PortalAnswer => ({
  status: 200,
  body: details(call.ports, ownApplication(call, call.parts[0] ?? '')),
});

export const updateApplication = (call: PortalCall): PortalAnswer => {
  const row = ownApplication(call, call.parts[0] ?? '');
  const { name, throttlingPolicy, description } = parseBody(applicationBody, call.body);
  demandValid(call, name, throttlingPolicy, row);
  call.methods.applications.update({ application: row.name, name, description, tier: throttlingPolicy });
  return { status: 200, body: details(call.ports, rowOf(call, row.id)) };
};

export const deleteApplication = (call: PortalCall): PortalAnswer => {
  call.methods.applications.delete({ application: ownApplication(call, call.parts[0] ?? '').name });
  return { status: 200 };
};
