import type { Exchange } from './exchange.ts';
import type { HostRule } from './hosts.ts';
import { charsetOf } from './mediaType.ts';
import { isLoopbackOrigin, preflight, refuseOrigin } from './origins.ts';
import { badRequest, failure, json, type Reply } from './reply.ts';
import type { Route, Service } from './route.ts';
import { introspect } from './routes/introspect.ts';
import { revoke } from './routes/revoke.ts';
import { token } from './routes/token.ts';
import { secretsInQuery } from './urlSecrets.ts';

const routes: ReadonlyMap<string, Route> = new Map([
  ['/token', token],
  ['/oauth2/token', token],
  ['/revoke', revoke],
  ['/oauth2/revoke', revoke],
  ['/oauth2/introspect', introspect],
  ['/introspect', introspect],
]);

const noSuchPath = failure(
  404,
  'invalid_request',
  'Nothing is served at this path; POST to /token, /revoke or /oauth2/introspect.',
);
const otherMethod = failure(400, 'invalid_request', 'Method not set to POST.', [...json, 'Allow', 'POST, OPTIONS']);
const otherVersion = failure(505, 'invalid_request', 'This server speaks HTTP/1.1 and HTTP/1.0 only.');
/** WSO2's words for a parameter of its `restricted_query_parameters`. */
const inUrl = badRequest('Invalid request with sensitive data in the URL.');
const fragment = badRequest('The URL has a fragment, which no request sends; percent-encode # as %23.');

/** Routes whose parameters may stand in the URL, as API Manager 2.6 reads them. */
const readsQuery: ReadonlySet<Route> = new Set([token, revoke]);
const encoded = failure(415, 'invalid_request', 'The body must not be compressed; leave out Content-Encoding.', [
  ...json,
  'Accept-Encoding',
  'identity',
]);

/** `POST http://host/path`, as proxies ask (RFC 9112 section 3.2.2): the authority and the rest. */
const absoluteForm = /^https?:\/\/([^/?#]*)(.*)$/is;

/**
 * What is decided of a request before its body is read: the route that answers, or the refusal. Tells the exchange path,
 * query, charset, host name and origin.
 */
export const createAdmission = (service: Service, hosts: () => HostRule) => {
  const hostFault = (exchange: Exchange, authority: string | undefined): Reply | undefined => {
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

  const originFault = (exchange: Exchange): Reply | undefined => {
    const { origin, 'sec-fetch-site': site } = exchange.request.headers;
    if (origin === undefined) {
      // Images and links of other sites come without an origin.
      if (site === 'cross-site') exchange.foreignSite = 'another site';
      return undefined;
    }
    if (!isLoopbackOrigin(origin) && !service.oauth.allowedOrigins().has(origin)) {
      exchange.foreignSite = origin;
      return refuseOrigin(origin);
    }
    exchange.origin = origin;
    return undefined;
  };

  /** Tells the exchange path and query, and gives the authority that the target names. */
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

  const queryFault = (exchange: Exchange, route: Route): Reply | undefined => {
    if (exchange.request.url?.includes('#')) return fragment;
    if (!readsQuery.has(route)) exchange.query = '';
    return exchange.query !== '' && service.oauth.refusesUrlParameters() ? inUrl : undefined;
  };

  const bodyFault = (exchange: Exchange, route: Route): Reply | undefined => {
    const { headers } = exchange.request;
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') return encoded;
    const type = headers['content-type'];
    const charset = !type && readsQuery.has(route) ? undefined : charsetOf(type);
    if (typeof charset === 'object') return charset;
    exchange.charset = charset;
    return undefined;
  };

  return (exchange: Exchange): Route | Reply => {
    const { method, request } = exchange;
    const authority = split(exchange);
    const fault = hostFault(exchange, authority) ?? originFault(exchange);
    if (fault !== undefined) return fault;
    const route = routes.get(exchange.path);
    if (route === undefined) return noSuchPath;
    if (method === 'OPTIONS') return preflight(request.headers['access-control-request-headers']);
    if (method !== 'POST') return otherMethod;
    return queryFault(exchange, route) ?? bodyFault(exchange, route) ?? route;
  };
};
