import type { ServerResponse } from 'node:http';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { OAuthError } from '../engine/oauth.ts';
import { type BasicCredentials, parseBasic } from './basic.ts';
import { type BodyRequest, discardBody, readBody } from './body.ts';
import type { Connection, Connections } from './connections.ts';
import { parseForm } from './form.ts';
import type { HostRule } from './hosts.ts';
import type { RequestLog } from './log.ts';
import { mediaTypeFault } from './mediaType.ts';
import { foreignOrigin, isLoopbackOrigin, options, originHeaders } from './origins.ts';
import { badRequest, failure, json, type Reply, refused } from './reply.ts';
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
const otherExpectation = failure(417, 'invalid_request', 'The only expectation this server meets is 100-continue.');
const serverError = failure(500, 'server_error', 'Internal Server Error.');

export interface RequestParts {
  readonly service: Service;
  readonly hosts: () => HostRule;
  readonly connections: Connections;
  readonly log: RequestLog;
  /** Hears of errors that no input should be able to cause. */
  readonly onFault: (error: unknown) => void;
}

/** Replies with these carry `WWW-Authenticate` (reference 4.5). */
const challenged: ReadonlySet<number> = new Set([401, 500, 503]);

/** One request on its way to a reply. */
interface Exchange {
  readonly request: BodyRequest;
  readonly response: ServerResponse;
  readonly connection: Connection;
  readonly method: string;
  path: string;
  hostname: string;
  /** The origin that may read the reply. */
  origin: string | undefined;
  clientId: string | undefined;
  grantType: string | undefined;
}

/** `POST http://host/path`, as proxies ask (RFC 9112 section 3.2.2): the authority and the rest. */
const absoluteForm = /^https?:\/\/([^/?#]*)(.*)$/is;

/** Answers the requests of all listeners. */
export const createRequestListeners = ({ service, hosts, connections, log, onFault }: RequestParts) => {
  const send = (exchange: Exchange, reply: Reply): void => {
    const { response, origin } = exchange;
    const { status, body } = reply;
    const headers = [...reply.headers];
    if (status !== 204) headers.push('Content-Length', `${body.length}`);
    if (challenged.has(status)) headers.push('WWW-Authenticate', `Basic realm="${exchange.hostname}"`);
    if (origin !== undefined) headers.push(...originHeaders(origin));
    if (connections.draining && exchange.connection.last === response) response.shouldKeepAlive = false;
    response.writeHead(status, headers);
    response.end(body, 'latin1');
    log.add(exchange, reply);
  };

  const replyToError = (error: unknown): Reply => {
    if (error instanceof OAuthError) return refused(error);
    if (error instanceof KeyfobError) return failure(503, 'temporarily_unavailable', error.message);
    onFault(error);
    return serverError;
  };

  /** Sets what the exchange knows of host, path and origin; gives the refusal where one of them is not ours. */
  const addressFault = (exchange: Exchange): Reply | undefined => {
    const { request } = exchange;
    const { headers, httpVersion, url = '' } = request;
    exchange.path = url;
    if (httpVersion !== '1.1' && httpVersion !== '1.0') return otherVersion;
    let hostname = hosts().check(headers.host, httpVersion);
    if (typeof hostname === 'string' && !url.startsWith('/')) {
      const [, authority, rest] = absoluteForm.exec(url) ?? [];
      if (authority !== undefined) {
        exchange.path = rest || '/';
        hostname = hosts().check(authority, httpVersion);
      }
    }
    if (typeof hostname !== 'string') return hostname;
    exchange.hostname = hostname;
    const { origin } = headers;
    if (origin === undefined) return undefined;
    if (!isLoopbackOrigin(origin) && !service.oauth.allowedOrigins().has(origin)) return foreignOrigin;
    exchange.origin = origin;
    return undefined;
  };

  const basicOf = ({ request, connection }: Exchange): BasicCredentials | Reply | undefined => {
    const { authorization } = request.headers;
    if (authorization !== connection.authorization) {
      connection.authorization = authorization;
      connection.basic = authorization === undefined ? undefined : parseBasic(authorization);
    }
    return connection.basic;
  };

  const answer = (exchange: Exchange, route: Route, body: Buffer): Reply | Promise<Reply> => {
    const parameters = parseForm(body);
    if (!(parameters instanceof Map)) return parameters;
    exchange.grantType = parameters.get('grant_type');
    const basic = basicOf(exchange);
    if (basic !== undefined && 'status' in basic) return basic;
    const id = parameters.get('client_id');
    const inBody = id === undefined ? undefined : { id, secret: parameters.get('client_secret') };
    exchange.clientId = basic?.id ?? id;
    return route(service, { parameters, credentials: { basic, body: inBody } }, basic?.undecoded);
  };

  /** The route that answers, or the refusal that needs no body. */
  const admit = (exchange: Exchange): Route | Reply => {
    const fault = addressFault(exchange);
    if (fault !== undefined) return fault;
    const query = exchange.path.indexOf('?');
    if (query >= 0) exchange.path = exchange.path.slice(0, query);
    const route = routes.get(exchange.path);
    if (route === undefined) return noSuchPath;
    const { method } = exchange;
    const { headers } = exchange.request;
    if (method === 'OPTIONS') return options;
    if (method !== 'POST') return otherMethod;
    if (query >= 0) return inUrl;
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') return encoded;
    return mediaTypeFault(headers['content-type']) ?? route;
  };

  /** Sends what `work` comes to, now or later. */
  const reply = (exchange: Exchange, work: () => Reply | Promise<Reply>): void => {
    let result: Reply | Promise<Reply>;
    try {
      result = work();
    } catch (error) {
      result = replyToError(error);
    }
    if (result instanceof Promise) result.catch(replyToError).then((late) => send(exchange, late));
    else send(exchange, result);
  };

  const begin = (request: BodyRequest, response: ServerResponse): Exchange => {
    const connection = connections.of(request.socket);
    connection.previous = connection.last;
    connection.last = response;
    // Else Node reads and drops the rest of a body, without end, once the reply is out.
    request.read(0);
    return {
      request,
      response,
      connection,
      method: request.method ?? '',
      path: '',
      hostname: 'localhost',
      origin: undefined,
      clientId: undefined,
      grantType: undefined,
    };
  };

  const refuse = (exchange: Exchange, refusal: Reply): void => {
    discardBody(exchange.request);
    send(exchange, refusal);
  };

  return {
    onRequest(request: BodyRequest, response: ServerResponse): void {
      const exchange = begin(request, response);
      let admitted: Route | Reply;
      try {
        admitted = admit(exchange);
      } catch (error) {
        admitted = replyToError(error);
      }
      if (typeof admitted !== 'function') {
        refuse(exchange, admitted);
        return;
      }
      const route = admitted;
      readBody(request, (body) => {
        if (Buffer.isBuffer(body)) reply(exchange, () => answer(exchange, route, body));
        else refuse(exchange, body);
      });
    },

    /** `Expect:` with anything but 100-continue (RFC 9110 section 10.1.1). */
    onExpectation(request: BodyRequest, response: ServerResponse): void {
      refuse(begin(request, response), otherExpectation);
    },
  };
};
