import type { ApiVerb } from '../../../../preload/contract/apis.ts';
import type { Settings } from '../../../../preload/contract/settings/settings.ts';
import type { CorsDecision, GatewayRequest } from '../gateway.ts';
import type { CompiledApi } from './match.ts';
import type { CompiledResource } from './resources.ts';

type Profile = Settings['gatewayProfile'];

/** API Manager's defaults (gateway reference 8). */
const defaultMethods: readonly ApiVerb[] = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'];
const commonHeaders = ['authorization', 'Access-Control-Allow-Origin', 'Content-Type', 'SOAPAction'];
const defaultHeaders: Readonly<Record<Profile, readonly string[]>> = {
  '2.6': commonHeaders,
  '3.2': [...commonHeaders, 'apikey', 'testKey'],
  '4.x': [...commonHeaders, 'apikey', 'Internal-Key'],
};
const none: readonly string[] = [];

const allowedHeaders = ({ row }: CompiledApi, profile: Profile): readonly string[] => {
  const configured = (row.cors?.headers ?? defaultHeaders[profile]).filter((name) => name !== '*');
  const own = row.authorizationHeader;
  return own === null || configured.some((name) => name.toLowerCase() === own.toLowerCase())
    ? configured
    : [...configured, own];
};

/** The same for all requests without an origin. A resource belongs to one API row, which never changes. */
const withoutOrigin = new WeakMap<CompiledResource, { readonly profile: Profile; readonly cors: CorsDecision }>();

const baseOf = (api: CompiledApi, resource: CompiledResource, profile: Profile): CorsDecision => {
  const known = withoutOrigin.get(resource);
  if (known?.profile === profile) return known.cors;
  const allowed = api.row.cors?.methods ?? defaultMethods;
  const cors: CorsDecision = {
    allowOrigin: undefined,
    methods: resource.verbs.filter((verb) => allowed.includes(verb)),
    headers: allowedHeaders(api, profile),
    exposedHeaders: profile === '2.6' ? none : (api.row.cors?.exposedHeaders ?? none),
  };
  withoutOrigin.set(resource, { profile, cors });
  return cors;
};

/**
 * The CORS headers of a reply (gateway reference 8); undefined if the API has CORS turned off. The listener refuses
 * foreign origins, so an origin that arrives here is answered with itself.
 */
export const corsOf = (
  api: CompiledApi,
  resource: CompiledResource,
  { header }: Pick<GatewayRequest, 'header'>,
  profile: Profile,
): CorsDecision | undefined => {
  if (api.row.cors?.enabled === false) return undefined;
  const base = baseOf(api, resource, profile);
  const allowOrigin = header('origin');
  const requested = header('access-control-request-headers');
  // `*` is answered with the requested headers. API Manager keeps the first answer for later requests; we do not.
  if (requested !== undefined && api.row.cors?.headers.includes('*')) {
    return { ...base, allowOrigin, headers: requested.split(',').map((name) => name.trim()) };
  }
  return allowOrigin === undefined ? base : { ...base, allowOrigin };
};
