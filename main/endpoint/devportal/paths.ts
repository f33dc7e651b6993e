import type { PortalOperation } from '../../engine/devportal/operations.ts';

type Operations = Readonly<Partial<Record<'GET' | 'POST' | 'PUT' | 'DELETE', PortalOperation>>>;

/** Where scripts register a client before they request a token. */
const registration = '/client-registration/v0.17/register';

/** The operations of each path behind `/api/am/devportal/v2` and `/v3`; `*` is one segment. */
const paths: Readonly<Record<string, Operations>> = {
  '/applications': { GET: 'listApplications', POST: 'createApplication' },
  '/applications/*': { GET: 'readApplication', PUT: 'updateApplication', DELETE: 'deleteApplication' },
  '/applications/*/generate-keys': { POST: 'generateKeys' },
  '/applications/*/map-keys': { POST: 'mapKeys' },
  '/applications/*/keys': { GET: 'listKeys' },
  '/applications/*/keys/*': { GET: 'readKeys', PUT: 'updateKeys' },
  '/applications/*/keys/*/regenerate-secret': { POST: 'regenerateSecret' },
  '/applications/*/keys/*/clean-up': { POST: 'cleanUpKeys' },
  '/applications/*/keys/*/generate-token': { POST: 'generateToken' },
  '/applications/*/oauth-keys': { GET: 'listKeys' },
  '/applications/*/oauth-keys/*': { GET: 'readKeys', PUT: 'updateKeys' },
  '/applications/*/oauth-keys/*/regenerate-secret': { POST: 'regenerateSecret' },
  '/applications/*/oauth-keys/*/clean-up': { POST: 'cleanUpKeys' },
  '/applications/*/oauth-keys/*/generate-token': { POST: 'generateToken' },
  '/subscriptions': { GET: 'listSubscriptions', POST: 'createSubscription' },
  '/subscriptions/multiple': { POST: 'createSubscriptions' },
  '/subscriptions/*': { GET: 'readSubscription', PUT: 'updateSubscription', DELETE: 'deleteSubscription' },
  '/apis': { GET: 'listApis' },
  '/apis/*': { GET: 'readApi' },
  '/throttling-policies/*': { GET: 'listPolicies' },
  '/throttling-policies/*/*': { GET: 'readPolicy' },
  '/key-managers': { GET: 'listKeyManagers' },
  '/settings': { GET: 'readSettings' },
};

const base = /^\/api\/am\/devportal\/(v2|v3)(?=\/|$)/;

/** Whether a path belongs to the DevPortal REST API, served or not. */
export const isPortalPath = (path: string): boolean => path.startsWith('/api/am/devportal/') || path === registration;

/** The template of a served path of the API: literal segments, and `*` for variable ones. */
export interface PortalPath {
  readonly template: string;
  /** The start of the paths of created things. */
  readonly base: string;
  /** The variable segments, still percent-encoded. */
  readonly parts: readonly string[];
}

const templates = Object.keys(paths).map((template) => ({ template, segments: template.split('/') }));

const partsIn = (segments: readonly string[], path: readonly string[]): readonly string[] | undefined =>
  segments.length === path.length && segments.every((segment, at) => segment === '*' || segment === path[at])
    ? path.filter((_, at) => segments[at] === '*')
    : undefined;

/** Splits a path by its template; a literal segment wins. Undefined for an unknown path. */
export const matchPortalPath = (path: string): PortalPath | undefined => {
  if (path === registration) return { template: registration, base: '', parts: [] };
  const [start = ''] = base.exec(path) ?? [];
  if (start === '') return undefined;
  const segments = path.slice(start.length).replace(/\/$/, '').split('/');
  for (const one of templates) {
    const parts = partsIn(one.segments, segments);
    if (parts?.every((part) => part !== '')) return { template: one.template, base: start, parts };
  }
  return undefined;
};

/** The operations of all templates, the registration included. */
export const operationsOf: ReadonlyMap<string, Operations> = new Map([
  ...Object.entries(paths),
  [registration, { POST: 'registerClient' }],
]);
