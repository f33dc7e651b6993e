import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { RequestLog } from './log/requestLog.ts';
import { otherMethod, protocolError } from './protocolErrors.ts';
import { rawReply, type TextReply } from './reply.ts';
import type { Connections } from './sockets/connections.ts';
import { secretsInQuery } from './urlSecrets.ts';

export interface BrokenRequestParts {
  readonly connections: Connections;
  readonly log: RequestLog;
  readonly realTimeMs: () => number;
}

/** An error of Node about a request that it could not parse. */
type ClientError = Error & { readonly code?: string; readonly rawPacket?: Buffer };

/** Answers requests that Node could not parse, and ends their connections. */
export const createBrokenRequestListeners = ({ connections, log, realTimeMs }: BrokenRequestParts) => {
  const logBroken = (text: string, reply: TextReply): void => {
    const [, method, path, query = ''] = /^([A-Z]{1,20}) ([^\s?#]+)(?:\?(\S*))?/.exec(text) ?? [];
    if (method === undefined || path === undefined) return;
    log.add({ method, path, secretsInUrl: secretsInQuery(query) }, reply);
  };

  const endWith = (socket: Duplex, reply: TextReply): void => {
    if (socket.writable) socket.end(rawReply(reply, realTimeMs()), 'latin1');
    else socket.destroy();
  };

  return {
    onClientError(error: ClientError, socket: Socket): void {
      const packet = error.rawPacket?.toString('latin1') ?? '';
      const reply = protocolError(error.code, packet);
      if (error.code === 'ERR_SSL_HTTP_REQUEST' && reply !== undefined) {
        // TLS failed on the very first byte, so the TCP connection below still takes a plain reply.
        endWith(connections.below(socket), reply);
        return;
      }
      const connection = connections.of(socket);
      const { last, previous } = connection;
      const inBody = last !== undefined && !last.req.complete;
      const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
      if (late && inBody && connection.streaming && !last.writableEnded) return;
      if (reply === undefined || (connection.broken && late)) {
        socket.destroy();
        return;
      }
      if (connection.broken) return;
      connection.broken = true;
      if (inBody && last.headersSent) {
        // The reply began before the body was read: a refusal is complete, a streamed reply breaks off.
        if (last.writableEnded) socket.end();
        else socket.destroy();
        return;
      }
      const before = inBody ? previous : last;
      const finish = () => endWith(socket, reply);
      if (before === undefined || before.writableFinished) finish();
      else before.once('close', finish);
      logBroken(inBody ? `${last.req.method} ${last.req.url}` : packet, reply);
    },

    /** For CONNECT, Node passes the bare connection. */
    onConnect(request: IncomingMessage, socket: Duplex): void {
      socket.on('error', () => {});
      endWith(socket, otherMethod);
      logBroken(`CONNECT ${request.url}`, otherMethod);
    },
  };
};
