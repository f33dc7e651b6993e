import type { ApiVerb } from '../../../../preload/contract/apis.ts';
import type { Settings } from '../../../../preload/contract/settings/settings.ts';
import { apiLabel } from '../../apis/findApi.ts';
import { basePathOf } from '../../apis/paths.ts';
import type { ApiRow } from '../../ports/store/apis.ts';
import type { CorsDecision, GatewayDecision, GatewayRequest } from '../gateway.ts';
import { corsOf } from './cors.ts';
import { type CompiledApi, type Route, routeOf } from './match.ts';
import type { CompiledResource, Resources } from './resources.ts';

/** A request whose API and resource are known. */
export interface Matched extends Route {
  readonly resource: CompiledResource;
  readonly request: GatewayRequest;
  readonly settings: Settings;
  readonly cors: CorsDecision | undefined;
}

/** `/orders/1.0.0` is known but not deployed, or its version is wrong: a likely slip. */
export const whyNoApi = (rows: readonly ApiRow[], path: string): string => {
  const starts = (context: string) => path === context || path.startsWith(`${context}/`);
  const undeployed = rows.find((row) => starts(basePathOf(row)));
  if (undeployed !== undefined) return `The API ${apiLabel(undeployed)} is ${undeployed.state}, so it is not deployed.`;
  const otherVersion = rows.find(({ context }) => !context.includes('{version}') && starts(context));
  if (otherVersion === undefined) return 'No API has a context at the start of this path.';
  return `The API ${otherVersion.name} has no such version, and no default version. Its paths start with ${basePathOf(otherVersion)}.`;
};

/** Answers a preflight request for a verb that the resource does not declare as OPTIONS (gateway reference 8). */
const preflight = (route: Route, resources: Resources, request: GatewayRequest, { gatewayProfile }: Settings) => {
  const verb = request.header('access-control-request-method');
  const resource = verb && resources.find(verb, route.resourcePath, request.query);
  if (!resource) return undefined;
  const cors = corsOf(route.api, resource, request, gatewayProfile);
  const why = () => `A preflight request for ${verb}; it needs no token.`;
  const facts = { api: route.api.label, template: resource.row.template, why };
  return cors && ({ kind: 'preflight', facts, cors } satisfies GatewayDecision);
};

/** Why no resource answers. `verbs` are those that the path answers. */
export const whyNoResource = ({ api, resourcePath }: Route, verb: string, verbs: readonly ApiVerb[]): string =>
  verbs.length > 0
    ? `${resourcePath} of ${api.label} answers ${verbs.join(', ')}, not ${verb}.`
    : `No resource of ${api.label} matches ${resourcePath}.`;

/** 405 for a known path with another verb, 404 for an unknown path. */
const noResource = (route: Route, resources: Resources, request: GatewayRequest): GatewayDecision => {
  const { verb, query } = request;
  const allow = resources.verbsOf(route.resourcePath, query);
  const base = { stage: 'dispatch', noApi: false } as const;
  return {
    kind: 'refused',
    fault: allow.length > 0 ? { ...base, code: 405, allow } : { ...base, code: 404 },
    facts: { api: route.api.label, why: () => whyNoResource(route, verb, allow) },
    cors: undefined,
  };
};

const blocked = (api: CompiledApi, template: string, cors: CorsDecision | undefined): GatewayDecision => ({
  kind: 'refused',
  fault: { code: 700700, stage: 'lifecycle' },
  facts: { api: api.label, template, why: () => `The API ${api.label} is BLOCKED for everyone.` },
  cors,
});

/**
 * Finds API and resource, or decides without them: 404, 405, a preflight, or 503 for a blocked API (gateway reference 1,
 * rows 2 to 4). A resource that declares OPTIONS gets no CORS headers of the gateway.
 */
export const dispatch = (
  rows: readonly ApiRow[],
  request: GatewayRequest,
  settings: Settings,
): Matched | GatewayDecision => {
  const route = routeOf(rows, request.path);
  if (route === undefined) {
    const { path } = request;
    const facts = { why: () => whyNoApi(rows, path) };
    return { kind: 'refused', fault: { code: 404, stage: 'dispatch', noApi: true }, facts, cors: undefined };
  }
  const { api, resourcePath } = route;
  const { gatewayProfile } = settings;
  const isBlocked = api.row.state === 'BLOCKED';
  // 2.6 and 3.x replace a blocked API by one that has a single path.
  const resources = isBlocked && gatewayProfile !== '4.x' ? api.blockedResources : api.resources;
  const isOptions = request.verb === 'OPTIONS';
  const resource = resources.find(request.verb, resourcePath, request.query);
  if (resource === undefined) {
    return (isOptions && preflight(route, resources, request, settings)) || noResource(route, resources, request);
  }
  const cors = isOptions ? undefined : corsOf(api, resource, request, gatewayProfile);
  if (isBlocked) return blocked(api, resource.row.template, cors);
  return { api, resourcePath, resource, request, settings, cors };
};
