import type { Exchange } from './exchange.ts';
import type { HostRule } from './hosts.ts';
import { isLoopbackOrigin, preflight, refuseOrigin } from './origins.ts';
import { badRequest, errorReply, json, type Reply } from './reply.ts';
import { isRoute, type Route, type Site } from './route.ts';
import { secretsInQuery } from './urlSecrets.ts';

const otherVersion = errorReply(505, 'invalid_request', 'This server speaks HTTP/1.1 and HTTP/1.0 only.');
const fragment = badRequest('The URL has a fragment, which no request sends; percent-encode # as %23.');

/**
 * `POST http://host/path`, as clients of a proxy write it: the authority and the rest.
 * https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
 */
const absoluteForm = /^https?:\/\/([^/?#]*)(.*)$/is;

/** https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6 */
const methodNotAllowed = (methods: readonly string[], allow: string): Reply =>
  errorReply(405, 'invalid_request', `This path answers ${methods.join(' and ')} only.`, [...json, 'Allow', allow]);

const methodError = (method: string, { methods, cors, otherMethod }: Route): Reply | undefined => {
  if (methods === 'any' || methods.includes(method)) return undefined;
  return otherMethod ?? methodNotAllowed(methods, [...methods, ...(cors ? ['OPTIONS'] : [])].join(', '));
};

/**
 * Decides before the body is read: gives the route that answers, or the refusal. The Host and Origin rules come first.
 * Notes path, query, host name and origin on the exchange.
 */
export const createAdmission = (site: Site, hosts: () => HostRule) => {
  const hostError = (exchange: Exchange, authority: string | undefined): Reply | undefined => {
    const { headers, httpVersion } = exchange.request;
    if (httpVersion !== '1.1' && httpVersion !== '1.0') return otherVersion;
    const rule = hosts();
    let hostname = rule.check(headers.host, httpVersion);
    if (typeof hostname === 'string' && authority !== undefined) hostname = rule.check(authority, httpVersion);
    if (typeof hostname !== 'string') {
      exchange.foreignSite = headers.host;
      return hostname;
    }
    exchange.hostname = hostname;
    return undefined;
  };

  const originError = (exchange: Exchange, found: Route | Reply): Reply | undefined => {
    const { origin, 'sec-fetch-site': fetchSite, 'sec-fetch-mode': fetchMode } = exchange.request.headers;
    if (origin === undefined) {
      // Images and links on other sites send no Origin.
      if (fetchSite === 'cross-site') exchange.foreignSite = 'another site';
      return undefined;
    }
    if (!isLoopbackOrigin(origin) && !site.allowedOrigins().has(origin)) {
      exchange.foreignSite = origin;
      const isForm = fetchMode === 'navigate' && isRoute(found) && found.formsOfAnySite === true;
      return isForm ? undefined : refuseOrigin(origin);
    }
    exchange.origin = origin;
    return undefined;
  };

  /** Notes path and query on the exchange, and gives the authority that an absolute target names. */
  const split = (exchange: Exchange): string | undefined => {
    const { url = '' } = exchange.request;
    const absolute = url.startsWith('/') ? null : absoluteForm.exec(url);
    const target = absolute === null ? url : absolute[2] || '/';
    const end = target.search(/[?#]/);
    exchange.path = end < 0 ? target : target.slice(0, end);
    if (end >= 0) {
      exchange.query = target.slice(end + 1);
      exchange.secretsInUrl = secretsInQuery(exchange.query);
    }
    return absolute?.[1];
  };

  const routeError = (exchange: Exchange, route: Route): Reply | undefined => {
    const { method, request } = exchange;
    exchange.basicChallenge = route.basicChallenge;
    if (route.query === 'ignored') exchange.query = '';
    if (!route.cors) exchange.origin = undefined;
    else if (method === 'OPTIONS') return preflight(route.methods, request.headers['access-control-request-headers']);
    const error = methodError(method, route);
    if (error !== undefined) return error;
    return request.url?.includes('#') ? fragment : route.refuse?.(exchange);
  };

  return (exchange: Exchange): Route | Reply => {
    const authority = split(exchange);
    const found = site.routeAt(exchange.path);
    const error = hostError(exchange, authority) ?? originError(exchange, found);
    if (error !== undefined) return error;
    return isRoute(found) ? (routeError(exchange, found) ?? found) : found;
  };
};
