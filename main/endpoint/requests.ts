import type { ServerResponse } from 'node:http';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { OAuthError } from '../engine/decisions/oauthError.ts';
import { createAdmission } from './admission.ts';
import { type BasicCredentials, lineBreakFault, otherScheme, parseBasic } from './basic.ts';
import { type BodyRequest, discardBody, readBody } from './body.ts';
import type { Connections } from './connections.ts';
import type { Exchange } from './exchange.ts';
import { joinParameters, parseForm, parseQuery } from './form.ts';
import type { HostRule } from './hosts.ts';
import type { RequestLog } from './log.ts';
import { otherType } from './mediaType.ts';
import { originHeaders } from './origins.ts';
import { failure, type Reply, refused } from './reply.ts';
import type { Route, Service } from './route.ts';

const otherExpectation = failure(417, 'invalid_request', 'The only expectation this server meets is 100-continue.');
const serverError = failure(500, 'server_error', 'Internal Server Error.');

export interface RequestParts {
  readonly service: Service;
  readonly hosts: () => HostRule;
  readonly connections: Connections;
  readonly log: RequestLog;
  /** Turns a fault of disk or database into a `KeyfobError`; gives anything else back. */
  readonly asKnown: (error: unknown) => unknown;
  /** Hears of errors that no input should be able to cause. */
  readonly onFault: (error: unknown) => void;
}

/** Replies with these carry `WWW-Authenticate` (reference 4.5). */
const challenged: ReadonlySet<number> = new Set([401, 500, 503]);

/** Answers the requests of all listeners. */
export const createRequestListeners = ({ service, hosts, connections, log, asKnown, onFault }: RequestParts) => {
  const admit = createAdmission(service, hosts);

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

  const replyToError = (thrown: unknown): Reply => {
    if (thrown instanceof OAuthError) return refused(thrown);
    const error = asKnown(thrown);
    if (error instanceof KeyfobError) return failure(503, 'temporarily_unavailable', error.message);
    onFault(error);
    return serverError;
  };

  const basicOf = ({ request, connection }: Exchange): BasicCredentials | Reply | undefined => {
    const { authorization } = request.headers;
    if (authorization !== connection.authorization) {
      connection.authorization = authorization;
      connection.basic = authorization === undefined ? undefined : parseBasic(authorization);
    }
    return connection.basic;
  };

  const parametersOf = ({ query, charset }: Exchange, body: Buffer): Map<string, string> | Reply => {
    if (charset === undefined && body.length > 0) return otherType;
    const form = parseForm(body, charset);
    if (query === '' || !(form instanceof Map)) return form;
    const inUrl = parseQuery(query);
    return inUrl instanceof Map ? joinParameters(inUrl, form) : inUrl;
  };

  const answer = (exchange: Exchange, route: Route, body: Buffer): Reply | Promise<Reply> => {
    const parameters = parametersOf(exchange, body);
    if (!(parameters instanceof Map)) return parameters;
    exchange.grantType = parameters.get('grant_type');
    const id = parameters.get('client_id');
    const secret = parameters.get('client_secret');
    const header = basicOf(exchange);
    const basic = header === otherScheme && id && secret ? undefined : header;
    if (basic !== undefined && 'status' in basic) return basic;
    const inBody = id === undefined ? undefined : { id, secret };
    exchange.clientId = basic?.id ?? id;
    const fault = id === undefined ? undefined : lineBreakFault(id, secret);
    if (fault !== undefined) return fault;
    return route(service, { parameters, credentials: { basic, body: inBody } }, basic?.undecoded);
  };

  /** Sends what `work` comes to, now or later. */
  const reply = (exchange: Exchange, work: () => Reply | Promise<Reply>): void => {
    let result: Reply | Promise<Reply>;
    try {
      result = work();
    } catch (error) {
      result = replyToError(error);
    }
    if (result instanceof Promise) {
      result.then(
        (late) => send(exchange, late),
        (error) => send(exchange, replyToError(error)),
      );
    } else send(exchange, result);
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
      startedAtMs: performance.now(),
      method: request.method ?? '',
      path: '',
      query: '',
      secretsInUrl: undefined,
      charset: undefined,
      hostname: 'localhost',
      foreignSite: undefined,
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
