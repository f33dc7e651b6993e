import { badInput, conflict } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApiRow } from '../ports/store/apis.ts';
import { isOwnAddress } from './backends.ts';
import { apiLabel } from './findApi.ts';
import { defaultPathOf, pathsOf } from './paths.ts';
import { findTier } from './tierRules.ts';

type NewApi = Omit<ApiRow, 'id'>;

/** First segments of the endpoint's own paths, also of those that a later version may answer. */
const ownSegments: ReadonlySet<string> = new Set([
  'token',
  'revoke',
  'introspect',
  'authorize',
  'userinfo',
  'oauth2',
  'oidc',
  'jwks',
  'login',
  'logout',
  'consent',
  '.well-known',
  '-',
]);

const demandFreeName = (others: readonly ApiRow[], row: NewApi): void => {
  if (!others.some((other) => apiLabel(other) === apiLabel(row))) return;
  throw conflict('version', `The API ${apiLabel(row)} already exists. Choose another name or version.`);
};

const demandForeignPaths = (row: NewApi): void => {
  const own = pathsOf(row).find((path) => ownSegments.has(path.split('/')[1] ?? ''));
  if (own === undefined) return;
  throw badInput('context', `Paths that start with ${own} belong to the token endpoint. Choose another context.`);
};

/** Paths are unique among the APIs that are not retired, because each request must lead to one API. */
const demandFreePaths = (others: readonly ApiRow[], row: NewApi): void => {
  if (row.state === 'RETIRED') return;
  const paths = pathsOf(row);
  for (const other of others) {
    if (other.state === 'RETIRED') continue;
    const taken = pathsOf(other).find((path) => paths.includes(path));
    if (taken === undefined) continue;
    if (row.isDefaultVersion && other.isDefaultVersion && taken === defaultPathOf(row)) {
      throw conflict(
        'isDefaultVersion',
        `${apiLabel(other)} is already the default version at ${taken}. Turn that off first.`,
      );
    }
    throw conflict('context', `The path ${taken} belongs to ${apiLabel(other)}. Choose another context or version.`);
  }
};

const demandForeignBackends = (ports: Ports, row: NewApi, before: ApiRow | undefined): void => {
  for (const field of ['productionBackend', 'sandboxBackend'] as const) {
    const backend = row[field];
    if (backend === null || backend === before?.[field] || !isOwnAddress(ports, backend)) continue;
    throw badInput(field, `${backend} is this endpoint, so requests would go round in a loop. Name another backend.`);
  }
};

/**
 * Checks that an API has a name, paths and tiers that it can have next to the others. `id` is that of its stored row.
 * Throws `conflict`, `bad_input` and `not_found`.
 */
export const demandFreePlace = (ports: Ports, row: NewApi, id: number | undefined): void => {
  const others = ports.store.apis.list().filter((other) => other.id !== id);
  if (row.isDefaultVersion && defaultPathOf(row) === undefined) {
    throw badInput('isDefaultVersion', 'Without its version, this context is empty. Add a segment, like /orders.');
  }
  demandFreeName(others, row);
  demandForeignPaths(row);
  demandFreePaths(others, row);
  findTier(ports, 'advanced', row.tier, 'tier');
  for (const tier of new Set(row.resources.map((resource) => resource.tier))) {
    findTier(ports, 'advanced', tier, 'resources');
  }
};

/**
 * Checks an API before it is written. `before` is its stored row, if it exists. Throws `conflict`, `bad_input` and
 * `not_found`.
 */
export const demandValidApi = (ports: Ports, row: NewApi, before?: ApiRow): void => {
  demandFreePlace(ports, row, before?.id);
  demandForeignBackends(ports, row, before);
};
