import type { Exchange } from './exchange.ts';
import type { HostRule } from './hosts.ts';
import { mediaTypeFault } from './mediaType.ts';
import { foreignOrigin, isLoopbackOrigin, options } from './origins.ts';
import { badRequest, failure, json, type Reply } from './reply.ts';
import type { Route, Service } from './route.ts';
import { introspect } from './routes/introspect.ts';
import { revoke } from './routes/revoke.ts';
import { token } from './routes/token.ts';

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
const inUrl = badRequest('Parameters belong into the body, not into the URL, where secrets end up in logs.');
const encoded = failure(415, 'invalid_request', 'The body must not be compressed; leave out Content-Encoding.', [
  ...json,
  'Accept-Encoding',
  'identity',
]);

/** `POST http://host/path`, as proxies ask (RFC 9112 section 3.2.2): the authority and the rest. */
const absoluteForm = /^https?:\/\/([^/?#]*)(.*)$/is;

/**
 * What is decided of a request before its body is read: the route that answers, or the refusal. Tells the exchange path
 * (without the query, which may hold secrets), host name and origin.
 */
export const createAdmission = (service: Service, hosts: () => HostRule) => {
  const hostFault = (exchange: Exchange, authority: string | undefined): Reply | undefined => {
    const { headers, httpVersion } = exchange.request;
    if (httpVersion !== '1.1' && httpVersion !== '1.0') return otherVersion;
    const rule = hosts();
    let hostname = rule.check(headers.host, httpVersion);
    if (typeof hostname === 'string' && authority !== undefined) hostname = rule.check(authority, httpVersion);
    if (typeof hostname !== 'string') return hostname;
    exchange.hostname = hostname;
    return undefined;
  };

  const originFault = (exchange: Exchange): Reply | undefined => {
    const { origin } = exchange.request.headers;
    if (origin === undefined) return undefined;
    if (!isLoopbackOrigin(origin) && !service.oauth.allowedOrigins().has(origin)) return foreignOrigin;
    exchange.origin = origin;
    return undefined;
  };

  return (exchange: Exchange): Route | Reply => {
    const { method, request } = exchange;
    const { headers, url = '' } = request;
    const absolute = url.startsWith('/') ? null : absoluteForm.exec(url);
    const target = absolute === null ? url : absolute[2] || '/';
    const query = target.search(/[?#]/);
    exchange.path = query < 0 ? target : target.slice(0, query);

    const fault = hostFault(exchange, absolute?.[1]) ?? originFault(exchange);
    if (fault !== undefined) return fault;
    const route = routes.get(exchange.path);
    if (route === undefined) return noSuchPath;
    if (method === 'OPTIONS') return options;
    if (method !== 'POST') return otherMethod;
    if (query >= 0) return inUrl;
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') return encoded;
    return mediaTypeFault(headers['content-type']) ?? route;
  };
};
