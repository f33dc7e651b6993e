import type { ApiResource, ApiVerb } from '../../../../preload/contract/apis.ts';
import type { ApiRow } from '../../ports/store/apis.ts';
import { compileUriTemplate, type UriTemplate } from './uriTemplate.ts';

/** A resource of an API, prepared for requests. */
export interface CompiledResource {
  readonly row: ApiResource;
  /** Base path, URI template and verb: the key of caches and counters. */
  readonly key: string;
  /** All verbs of its URI template, for CORS. */
  readonly verbs: readonly ApiVerb[];
}

interface Prefix {
  /** Without `/*`; empty for `/*`. */
  readonly path: string;
  /** The same with a slash. */
  readonly folder: string;
  readonly segments: number;
  readonly resource: CompiledResource;
}

/** The resources of one verb, by kind. */
interface VerbTable {
  readonly exact: Map<string, CompiledResource>;
  readonly templates: { readonly matches: UriTemplate; readonly resource: CompiledResource }[];
  /** Most segments first, then in declared order. */
  readonly prefixes: Prefix[];
  /** By extension, with its dot. */
  readonly extensions: Map<string, CompiledResource>;
}

/** The resources of one API. */
export interface Resources {
  /** Finds the resource of a request; undefined if no resource with this verb matches. */
  find(verb: string, path: string, query: string): CompiledResource | undefined;
  /** The verbs that a path answers, in the contract's order. */
  verbsOf(path: string, query: string): readonly ApiVerb[];
  /** All resources of a verb that match a path. */
  matching(verb: string, path: string, query: string): readonly ApiResource[];
}

const withoutTrailingSlashes = (path: string): string => {
  let end = path.length;
  while (end > 1 && path.charCodeAt(end - 1) === 47) end--;
  return end === path.length ? path : path.slice(0, end);
};

const emptyTable = (): VerbTable => ({ exact: new Map(), templates: [], prefixes: [], extensions: new Map() });

/** The kinds of gateway reference 2.3. The first declared resource wins over an equal one. */
const addTo = (table: VerbTable, resource: CompiledResource): void => {
  const { template } = resource.row;
  if (template.startsWith('*.') && !template.includes('{')) {
    const extension = template.slice(1);
    if (!table.extensions.has(extension)) table.extensions.set(extension, resource);
  } else if (template.includes('{') || (template.includes('*') && !template.endsWith('/*'))) {
    table.templates.push({ matches: compileUriTemplate(template), resource });
  } else if (template.endsWith('/*')) {
    const path = template.slice(0, -2);
    table.prefixes.push({ path, folder: `${path}/`, segments: Math.max(1, path.split('/').length - 1), resource });
  } else {
    const path = withoutTrailingSlashes(template);
    if (!table.exact.has(path)) table.exact.set(path, resource);
  }
};

const matchesPrefix = ({ path, folder }: Prefix, of: string): boolean =>
  path === '' || of === path || of.startsWith(folder);

/**
 * Exact mapping, URI template, prefix, extension. API Manager before 2025 lets each mapping win, even `/*`, over a
 * template.
 */
const elect = (table: VerbTable, path: string, query: string): CompiledResource | undefined => {
  const trimmed = withoutTrailingSlashes(path);
  const exact = table.exact.get(trimmed);
  if (exact !== undefined) return exact;
  for (const { matches, resource } of table.templates) if (matches(path, query)) return resource;
  for (const prefix of table.prefixes) if (matchesPrefix(prefix, trimmed)) return prefix.resource;
  if (table.extensions.size === 0) return undefined;
  const dot = trimmed.lastIndexOf('.');
  return dot < 0 ? undefined : table.extensions.get(trimmed.slice(dot));
};

const verbOrder: readonly ApiVerb[] = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];

/** Compiles resources in their declared order. `basePath` is that of their API. */
export const compileResources = (basePath: string, rows: ApiRow['resources']): Resources => {
  const verbsOf = Map.groupBy(rows, ({ template }) => template);
  const tables = new Map<string, VerbTable>();
  for (const row of rows) {
    const table = tables.get(row.verb) ?? emptyTable();
    tables.set(row.verb, table);
    const verbs = (verbsOf.get(row.template) ?? []).map(({ verb }) => verb);
    addTo(table, { row, key: `${basePath}${row.template}:${row.verb}`, verbs });
  }
  for (const { prefixes } of tables.values()) prefixes.sort((a, b) => b.segments - a.segments);

  const find: Resources['find'] = (verb, path, query) => {
    const table = tables.get(verb);
    return table && elect(table, path, query);
  };
  return {
    find,
    matching: (verb, path, query) =>
      rows.filter(
        (row) => row.verb === verb && compileResources(basePath, [row]).find(verb, path, query) !== undefined,
      ),
    verbsOf: (path, query) => verbOrder.filter((verb) => find(verb, path, query) !== undefined),
  };
};
