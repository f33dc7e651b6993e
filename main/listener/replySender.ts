import { discardStream } from './body.ts';
import type { Exchange } from './exchange.ts';
import { BodyStart } from './log/bodyStart.ts';
import type { RequestLog } from './log/requestLog.ts';
import { originHeaders } from './origins.ts';
import type { Reply } from './reply.ts';
import type { Site } from './route.ts';
import type { Connections } from './sockets/connections.ts';
import { limitIdle, sendStream } from './streams.ts';
import { openTunnel } from './upgrades.ts';

export interface SenderParts {
  readonly site: Site;
  readonly connections: Connections;
  readonly log: RequestLog;
  /** How long a streamed body may wait for the client. */
  readonly idleMs: number;
}

export interface ReplySender {
  /** Sends a reply and logs it: a stream or a tunnel at once, others at the end of this turn of the event loop. */
  send(exchange: Exchange, reply: Reply): void;
  /** Sends the replies of this turn now. Call it before a connection is closed for malformed HTTP. */
  sendReady(): void;
}

/** Replies with these carry `WWW-Authenticate` (reference 4.5). */
const challenged: ReadonlySet<number> = new Set([401, 500, 503]);

const isWhole = (body: Reply['body']): body is string | Buffer => typeof body === 'string' || Buffer.isBuffer(body);

/** Sends the start of a text, then destroys the connection. */
const cut = ({ request, response }: Exchange, bytes: number, body: Reply['body']): void => {
  response.write(String(body).slice(0, bytes), 'latin1', () => request.socket.destroy());
};

/** A body that the route did not read to its end would hold up the next request. */
const discardRest = ({ request }: Exchange): void => {
  if (request.onPiece === undefined) discardStream(request);
};

/** Sends the replies of all servers. Those of one turn are written right behind each other, which costs less (decision 172). */
export const createReplySender = ({ site, connections, log, idleMs }: SenderParts): ReplySender => {
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

  /** A reply that cannot be written, as for a header that Node refuses, must not hold up the others. */
  const trySending = (exchange: Exchange, reply: Reply): void => {
    try {
      sendNow(exchange, reply);
    } catch (error) {
      const instead = site.errorReply(error);
      if (exchange.response.headersSent) exchange.request.socket.destroy();
      else sendNow(exchange, instead);
    }
  };

  let ready: { readonly exchange: Exchange; readonly reply: Reply }[] = [];
  const sendReady = (): void => {
    const replies = ready;
    ready = [];
    for (const { exchange, reply } of replies) trySending(exchange, reply);
  };

  return {
    send(exchange, reply) {
      if (reply.tunnel !== undefined || !isWhole(reply.body)) {
        trySending(exchange, reply);
        return;
      }
      discardRest(exchange);
      if (ready.push({ exchange, reply }) === 1) setImmediate(sendReady);
    },
    sendReady,
  };
};
