import type { ApiVerb } from '../../../../preload/contract/apis.ts';
import { apiLabel } from '../../apis/findApi.ts';
import { basePathOf, defaultPathOf } from '../../apis/paths.ts';
import type { ApiRow } from '../../ports/store/apis.ts';
import { compileResources, type Resources } from './resources.ts';

/** An API, prepared for requests. */
export interface CompiledApi {
  readonly row: ApiRow;
  /** Like `orders/1.0.0`. */
  readonly label: string;
  /** Like `/orders/1.0.0`. */
  readonly basePath: string;
  readonly resources: Resources;
  /** The resources while it is blocked, in 2.6 and 3.x (gateway reference 3.2). */
  readonly blockedResources: Resources;
}

/** The API of a path, and the path behind its context. */
export interface Route {
  readonly api: CompiledApi;
  /** `/` at least. */
  readonly resourcePath: string;
}

/** Whether the gateway knows the API at all (gateway reference 3.1). */
const isDeployed = ({ state }: Pick<ApiRow, 'state'>): boolean => state !== 'CREATED' && state !== 'RETIRED';

const blockedVerbs: readonly ApiVerb[] = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];
const blockedRows: ApiRow['resources'] = blockedVerbs.map((verb) => ({
  ...{ verb, template: '/*', authType: 'Any', scopes: [], tier: 'Unlimited' },
}));

const compileApi = (row: ApiRow): CompiledApi => {
  const basePath = basePathOf(row);
  return {
    row,
    label: apiLabel(row),
    basePath,
    resources: compileResources(basePath, row.resources),
    blockedResources: compileResources(basePath, blockedRows),
  };
};

/** Rows stay the same objects until an API is written, so each is compiled once. */
const compiled = new WeakMap<ApiRow, CompiledApi>();

const apiOf = (row: ApiRow): CompiledApi => {
  const known = compiled.get(row);
  if (known !== undefined) return known;
  const api = compileApi(row);
  compiled.set(row, api);
  return api;
};

interface RoutingTable {
  readonly apis: ReadonlyMap<string, CompiledApi>;
  /** Slashes in the longest context. */
  readonly depth: number;
}

const buildTable = (rows: readonly ApiRow[]): RoutingTable => {
  const apis = new Map<string, CompiledApi>();
  const deployed = rows.filter(isDeployed).map(apiOf);
  for (const api of deployed) if (!apis.has(api.basePath)) apis.set(api.basePath, api);
  for (const api of deployed) {
    const path = defaultPathOf(api.row);
    if (api.row.isDefaultVersion && path !== undefined && !apis.has(path)) apis.set(path, api);
  }
  const depths = [...apis.keys()].map((path) => path.split('/').length - 1);
  return { apis, depth: Math.max(0, ...depths) };
};

const tables = new WeakMap<readonly ApiRow[], RoutingTable>();

const tableOf = (rows: readonly ApiRow[]): RoutingTable => {
  const known = tables.get(rows);
  if (known !== undefined) return known;
  const table = buildTable(rows);
  tables.set(rows, table);
  return table;
};

/** The end of the first `depth` segments of a path. */
const endOfSegments = (path: string, depth: number): number => {
  let end = 0;
  for (let count = 0; count < depth && end >= 0; count++) end = path.indexOf('/', end + 1);
  return end < 0 ? path.length : end;
};

/** Finds the API of a path, by the longest context; case-sensitive. `path` has no query. */
export const routeOf = (rows: readonly ApiRow[], path: string): Route | undefined => {
  const { apis, depth } = tableOf(rows);
  for (let end = endOfSegments(path, depth); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const api = apis.get(end === path.length ? path : path.slice(0, end));
    if (api !== undefined) return { api, resourcePath: end === path.length ? '/' : path.slice(end) };
  }
  return undefined;
};
