import type { ServerResponse } from 'node:http';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { OAuthError } from '../engine/oauth.ts';
import { createAdmission } from './admission.ts';
import { type BasicCredentials, parseBasic } from './basic.ts';
import { type BodyRequest, discardBody, readBody } from './body.ts';
import type { Connections } from './connections.ts';
import type { Exchange } from './exchange.ts';
import { parseForm } from './form.ts';
import type { HostRule } from './hosts.ts';
import type { RequestLog } from './log.ts';
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
  /** Hears of errors that no input should be able to cause. */
  readonly onFault: (error: unknown) => void;
}

/** Replies with these carry `WWW-Authenticate` (reference 4.5). */
const challenged: ReadonlySet<number> = new Set([401, 500, 503]);

/** Answers the requests of all listeners. */
export const createRequestListeners = ({ service, hosts, connections, log, onFault }: RequestParts) => {
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

  const replyToError = (error: unknown): Reply => {
    if (error instanceof OAuthError) return refused(error);
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
