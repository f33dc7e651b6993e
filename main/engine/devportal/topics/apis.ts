import type { ApiState } from '../../../../preload/contract/apis.ts';
import { apiLabel } from '../../apis/findApi.ts';
import { basePathOf } from '../../apis/paths.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ApiRow } from '../../ports/store/apis.ts';
import type { PublicCall } from '../call.ts';
import { portalId, rowIdOf } from '../ids.ts';
import { pageOf } from '../lists.ts';
import type { PortalAnswer } from '../portal.ts';
import { badRequest, notFound } from '../portalError.ts';

/** The portal hides the others. */
const visible: ReadonlySet<ApiState> = new Set(['PUBLISHED', 'PROTOTYPED', 'DEPRECATED', 'BLOCKED']);
const provider = 'admin';

/** The names of the tiers that a subscription may have. */
export const subscriptionTiers = ({ store }: Ports): readonly string[] =>
  store.tiers
    .list()
    .filter(({ level }) => level === 'subscription')
    .map(({ name }) => name);

/** The short form, in lists and subscriptions. */
export const apiInfo = (ports: Ports, row: ApiRow): object => ({
  id: portalId('api', row.id),
  name: row.name,
  description: row.description,
  context: basePathOf(row),
  version: row.version,
  type: 'HTTP',
  createdTime: String(row.createdAtMs),
  provider,
  lifeCycleStatus: row.state,
  thumbnailUri: null,
  avgRating: '0.0',
  throttlingPolicies: subscriptionTiers(ports),
  advertiseInfo: { advertised: false },
  businessInformation: {},
  isSubscriptionAvailable: row.state === 'PUBLISHED',
  monetizationLabel: null,
});

/** A visible API by its id. Throws `PortalError` 404. */
export const visibleApi = ({ store }: Ports, id: string): ApiRow => {
  const rowId = rowIdOf('api', id);
  const row = rowId === undefined ? undefined : store.apis.byId(rowId);
  if (row === undefined) throw notFound('API', id);
  if (!visible.has(row.state)) throw notFound('API', id, `${apiLabel(row)} is ${row.state}, so the portal hides it.`);
  return row;
};

const valuesOf = new Map<string, (row: ApiRow) => string>([
  ['name', ({ name }) => name],
  ['version', ({ version }) => version],
  ['context', basePathOf],
  ['description', ({ description }) => description],
  ['status', ({ state }) => state],
  ['provider', () => provider],
]);

/** Matches whole values, or with `*` parts of them; without case. */
const matches = (pattern: string, value: string): boolean => {
  const pieces = pattern.toLowerCase().split('*');
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  const text = value.toLowerCase();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
};

/** One condition of a search: `attribute:value`, or a part of the name. */
const conditionOf = (term: string): ((row: ApiRow) => boolean) => {
  const [, attribute, quoted = ''] = /^(\w+):(.*)$/s.exec(term) ?? [];
  const text = (attribute === undefined ? term : quoted).replaceAll('"', '');
  if (attribute === undefined) return ({ name }) => name.toLowerCase().includes(text.toLowerCase());
  const valueIn = valuesOf.get(attribute);
  if (valueIn === undefined) throw badRequest(`Search by ${[...valuesOf.keys()].join(', ')} only.`);
  return (row) => matches(text, valueIn(row));
};

export const listApis = ({ ports, query }: PublicCall): PortalAnswer => {
  const search = query.get('query') ?? '';
  const conditions = (search.match(/(?:\w+:)?"[^"]*"|\S+/g) ?? []).map(conditionOf);
  // WSO2 lists published APIs unless a state is named.
  const states = /(?:^|\s)status:/.test(search) ? visible : new Set<ApiState>(['PUBLISHED']);
  const found = ports.store.apis
    .list()
    .filter((row) => states.has(row.state) && conditions.every((holds) => holds(row)));
  const path = `/apis?query=${encodeURIComponent(search)}`;
  return { status: 200, body: pageOf(query, path, found, (row) => apiInfo(ports, row)) };
};

export const readApi = ({ ports, methods, parts }: PublicCall): PortalAnswer => {
  const row = visibleApi(ports, parts[0] ?? '');
  const { url } = methods.apis.read({ api: apiLabel(row) });
  const scopes = ports.store.scopes.list().filter(({ apiIds }) => apiIds.includes(row.id));
  const environment = { environmentName: 'Default', environmentDisplayName: 'Default', environmentType: 'hybrid' };
  const noUrls = { http: null, https: null, ws: null, wss: null };
  const body = {
    ...apiInfo(ports, row),
    ...{ isDefaultVersion: row.isDefaultVersion, transport: ['http', 'https'] },
    operations: row.resources.map(({ verb, template }) => ({ id: '', target: template, verb })),
    authorizationHeader: row.authorizationHeader ?? ports.store.settings.read().authorizationHeader,
    ...{ securityScheme: ['oauth2', 'oauth_basic_auth_api_key_mandatory'], tags: [] },
    tiers: subscriptionTiers(ports).map((tierName) => ({ tierName, tierPlan: 'FREE', monetizationAttributes: null })),
    ...{ hasThumbnail: false, additionalProperties: [], monetization: { enabled: false } },
    endpointURLs: [{ ...environment, URLs: { ...noUrls, https: url }, defaultVersionURLs: noUrls }],
    environmentList: ['PRODUCTION', 'SANDBOX'],
    scopes: scopes.map(({ name, roles, description }) => ({ key: name, name, roles, description })),
    ...{ categories: [], keyManagers: ['all'], lastUpdatedTime: String(row.createdAtMs) },
  };
  return { status: 200, body };
};
