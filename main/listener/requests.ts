import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createAdmission } from './admission.ts';
import { type BodyRequest, discardBody, readBody } from './body.ts';
import { acceptBody, type Exchange } from './exchange.ts';
import type { HostRule } from './hosts.ts';
import { BodyStart } from './log/bodyStart.ts';
import type { LoggedResponse } from './loggedResponse.ts';
import { errorReply, type Reply, type Upgrade } from './reply.ts';
import { createReplySender, type SenderParts } from './replySender.ts';
import { isRoute, type Route } from './route.ts';
import type { Connections } from './sockets/connections.ts';
import { limitIdle } from './streams.ts';
import { responseTo } from './upgrades.ts';

const otherExpectation = errorReply(417, 'invalid_request', 'The only expectation this server meets is 100-continue.');

export interface RequestParts extends SenderParts {
  readonly hosts: () => HostRule;
}

const noBody = Buffer.alloc(0);

/** Starts the exchange of a request whose head was read. */
const begin = (
  connections: Connections,
  request: BodyRequest,
  response: LoggedResponse,
  upgrade: Upgrade | undefined,
  awaitsContinue: boolean,
): Exchange => {
  const connection = connections.of(request.socket);
  connection.previous = connection.last;
  connection.last = response;
  connection.streaming = false;
  // Without this, Node discards the rest of a body without limit once the reply is out.
  request.read(0);
  return {
    request,
    response,
    connection,
    startedAtMs: performance.now(),
    method: request.method ?? '',
    upgrade,
    awaitsContinue,
    path: '',
    query: '',
    secretsInUrl: undefined,
    hostname: 'localhost',
    foreignSite: undefined,
    origin: undefined,
    basicChallenge: true,
    clientId: undefined,
    grantType: undefined,
    body: undefined,
    replyHeaders: [],
  };
};

/** Answers the requests of all servers: admits each, asks its route for a reply, sends and logs that. */
export const createRequestListeners = (parts: RequestParts) => {
  const { site, hosts, connections, idleMs } = parts;
  const admit = createAdmission(site, hosts);
  const { send, sendReady } = createReplySender(parts);

  /** Sends the route's reply, now or later. */
  const answer = (exchange: Exchange, route: Route, body: Buffer): void => {
    let result: Reply | Promise<Reply>;
    try {
      result = route.answer(exchange, body);
    } catch (error) {
      result = site.errorReply(error);
    }
    if (result instanceof Promise) {
      result.then(
        (late) => send(exchange, late),
        (error) => send(exchange, site.errorReply(error)),
      );
    } else send(exchange, result);
  };

  const refuse = (exchange: Exchange, refusal: Reply): void => {
    discardBody(exchange.request);
    send(exchange, refusal);
  };

  const admitted = (exchange: Exchange): Route | Reply => {
    try {
      return admit(exchange);
    } catch (error) {
      return site.errorReply(error);
    }
  };

  const take = (exchange: Exchange): void => {
    const { request, connection } = exchange;
    const route = admitted(exchange);
    if (!isRoute(route)) {
      refuse(exchange, route);
    } else if (route.body === 'form') {
      acceptBody(exchange);
      readBody(request, (body) => {
        if (!Buffer.isBuffer(body)) return refuse(exchange, route.tooLarge ?? body);
        exchange.body = body;
        answer(exchange, route, body);
      });
    } else {
      if (route.body === 'none') discardBody(request);
      else {
        connection.streaming = true;
        request.start = new BodyStart();
        if (hasBody(request)) limitIdle(exchange, idleMs);
      }
      answer(exchange, route, noBody);
    }
  };

  return {
    sendReady,

    onRequest(request: BodyRequest, response: LoggedResponse): void {
      take(begin(connections, request, response, undefined, false));
    },

    /** `Expect: 100-continue`. The body is refused or accepted after the headers were looked at. */
    onCheckContinue(request: BodyRequest, response: LoggedResponse): void {
      take(begin(connections, request, response, undefined, true));
    },

    /** `Expect:` with anything but 100-continue. https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1 */
    onExpectation(request: BodyRequest, response: LoggedResponse): void {
      refuse(begin(connections, request, response, undefined, false), otherExpectation);
    },

    /** A WebSocket handshake. Node passes the bare connection. */
    onUpgrade(request: BodyRequest, connection: Duplex, head: Buffer): void {
      // Node declares a `Duplex`, and passes the socket of TCP or TLS.
      const socket = connection as Socket;
      take(begin(connections, request, responseTo(request, socket), { socket, head }, false));
    },
  };
};

const hasBody = ({ headers }: BodyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
