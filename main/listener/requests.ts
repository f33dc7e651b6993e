import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createAdmission } from './admission.ts';
import { type BodyRequest, discardBody, discardStream, readBody } from './body.ts';
import { acceptBody, type Exchange } from './exchange.ts';
import type { HostRule } from './hosts.ts';
import { BodyStart } from './log/bodyStart.ts';
import type { RequestLog } from './log/requestLog.ts';
import type { LoggedResponse } from './loggedResponse.ts';
import { originHeaders } from './origins.ts';
import { errorReply, type Reply, type Upgrade } from './reply.ts';
import { isRoute, type Route, type Site } from './route.ts';
import type { Connections } from './sockets/connections.ts';
import { limitIdle, sendStream } from './streams.ts';
import { openTunnel, responseTo } from './upgrades.ts';

const otherExpectation = errorReply(417, 'invalid_request', 'The only expectation this server meets is 100-continue.');

export interface RequestParts {
  readonly site: Site;
  readonly hosts: () => HostRule;
  readonly connections: Connections;
  readonly log: RequestLog;
  /** How long a streamed body may wait for the client. */
  readonly idleMs: number;
}

/** Replies with these carry `WWW-Authenticate` (reference 4.5). */
const challenged: ReadonlySet<number> = new Set([401, 500, 503]);

const noBody = Buffer.alloc(0);

const isWhole = (body: Reply['body']): body is string | Buffer => typeof body === 'string' || Buffer.isBuffer(body);

/** Answers the requests of all servers: admits each, asks its route for a reply, sends and logs that. */
export const createRequestListeners = ({ site, hosts, connections, log, idleMs }: RequestParts) => {
  const admit = createAdmission(site, hosts);
  const exposed = site.exposedHeaders.join(', ');

  const headersOf = (exchange: Exchange, { status, headers, body }: Reply): string[] => {
    const all = [...headers];
    if (isWhole(body) && status !== 204) all.push('Content-Length', `${body.length}`);
    if (exchange.basicChallenge && challenged.has(status)) {
      all.push('WWW-Authenticate', `Basic realm="${exchange.hostname}"`);
    }
    if (exchange.origin !== undefined) all.push(...originHeaders(exchange.origin, exposed));
    return all;
  };

  /** A body that the route did not read to its end would hold up the next request. */
  const discardRest = ({ request }: Exchange): void => {
    if (request.onPiece === undefined) discardStream(request);
  };

  /** The reply is out. */
  const finish = (exchange: Exchange, reply: Reply): void => {
    discardRest(exchange);
    if (reply.isLogged !== false) log.add(exchange, reply);
  };

  const sendNow = (exchange: Exchange, reply: Reply): void => {
    const { response, connection, upgrade } = exchange;
    const { status, body, reasonPhrase, tunnel } = reply;
    if (tunnel !== undefined && upgrade !== undefined) {
      exchange.replyHeaders = reply.headers;
      openTunnel(response, reply, upgrade, tunnel);
      connection.last = undefined;
      finish(exchange, reply);
      return;
    }
    const headers = headersOf(exchange, reply);
    if (connections.draining && connection.last === response) response.shouldKeepAlive = false;
    exchange.replyHeaders = headers;
    // Whether the client still sends the body is unknown, so the next bytes may be a body or a request.
    if (exchange.awaitsContinue) response.shouldKeepAlive = false;
    if (reasonPhrase === undefined) response.writeHead(status, headers);
    else response.writeHead(status, reasonPhrase, headers);
    if (reply.cutAfterBytes !== undefined) cut(exchange, reply.cutAfterBytes, body);
    else if (typeof body === 'string') response.end(body, 'latin1');
    else if (Buffer.isBuffer(body)) response.end(body);
    else {
      response.start = new BodyStart();
      limitIdle(exchange, idleMs);
      sendStream(response, body, reply.trailers, () => finish(exchange, reply));
      return;
    }
    finish(exchange, reply);
  };

  let ready: { readonly exchange: Exchange; readonly reply: Reply }[] = [];
  const sendReady = (): void => {
    const replies = ready;
    ready = [];
    for (const { exchange, reply } of replies) sendNow(exchange, reply);
  };

  /**
   * Sends a reply at the end of this turn of the event loop, right behind the others of the turn. Such writes cost less
   * than single ones (decision 172). A stream begins at once, as its events do not wait.
   */
  const send = (exchange: Exchange, reply: Reply): void => {
    if (reply.tunnel !== undefined || !isWhole(reply.body)) {
      sendNow(exchange, reply);
      return;
    }
    discardRest(exchange);
    if (ready.push({ exchange, reply }) === 1) setImmediate(sendReady);
  };

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

  const begin = (
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
    /** Sends the replies of this turn now. Call it before a connection is closed for malformed HTTP. */
    sendReady,

    onRequest(request: BodyRequest, response: LoggedResponse): void {
      take(begin(request, response, undefined, false));
    },

    /** `Expect: 100-continue`. The body is refused or accepted after the headers were looked at. */
    onCheckContinue(request: BodyRequest, response: LoggedResponse): void {
      take(begin(request, response, undefined, true));
    },

    /** `Expect:` with anything but 100-continue. https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1 */
    onExpectation(request: BodyRequest, response: LoggedResponse): void {
      refuse(begin(request, response, undefined, false), otherExpectation);
    },

    /** A WebSocket handshake. Node passes the bare connection. */
    onUpgrade(request: BodyRequest, connection: Duplex, head: Buffer): void {
      // Node declares a `Duplex`, and passes the socket of TCP or TLS.
      const socket = connection as Socket;
      take(begin(request, responseTo(request, socket), { socket, head }, false));
    },
  };
};

/** Sends the start of a text, then destroys the connection. */
const cut = ({ request, response }: Exchange, bytes: number, body: Reply['body']): void => {
  response.write(String(body).slice(0, bytes), 'latin1', () => request.socket.destroy());
};

const hasBody = ({ headers }: BodyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
