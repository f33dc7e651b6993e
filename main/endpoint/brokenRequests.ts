import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Connections } from './connections.ts';
import type { RequestLog } from './log.ts';
import { protocolFault } from './protocolFaults.ts';
import { badRequest, type Reply, rawReply } from './reply.ts';
import { secretsInQuery } from './urlSecrets.ts';

export interface BrokenRequestParts {
  readonly connections: Connections;
  readonly log: RequestLog;
  readonly realTimeMs: () => number;
}

const otherMethod = badRequest('Method not set to POST.');

/** What Node tells of a request that it could not parse. */
type ClientError = Error & { readonly code?: string; readonly rawPacket?: Buffer };

/** Answers what never became a request: its connection ends with the reply. */
export const createBrokenRequestListeners = ({ connections, log, realTimeMs }: BrokenRequestParts) => {
  const logBroken = (asked: string, reply: Reply): void => {
    const [, method, path, query = ''] = /^([A-Z]{1,20}) ([^\s?#]+)(?:\?(\S*))?/.exec(asked) ?? [];
    if (method === undefined || path === undefined) return;
    log.add({ method, path, secretsInUrl: secretsInQuery(query) }, reply);
  };

  const endWith = (socket: Duplex, reply: Reply): void => {
    if (socket.writable) socket.end(rawReply(reply, realTimeMs()), 'latin1');
    else socket.destroy();
  };

  return {
    onClientError(error: ClientError, socket: Socket): void {
      const packet = error.rawPacket?.toString('latin1') ?? '';
      const reply = protocolFault(error.code, packet);
      if (error.code === 'ERR_SSL_HTTP_REQUEST' && reply !== undefined) {
        // TLS failed on the very first byte, and the TCP connection below takes a plain reply.
        endWith(connections.below(socket), reply);
        return;
      }
      const connection = connections.of(socket);
      if (reply === undefined || (connection.broken && error.code === 'ERR_HTTP_REQUEST_TIMEOUT')) {
        socket.destroy();
        return;
      }
      if (connection.broken) return;
      connection.broken = true;
      const { last, previous } = connection;
      const inBody = last !== undefined && !last.req.complete;
      if (inBody && last.writableEnded) {
        // Refused before its body was read, and answered.
        socket.end();
        return;
      }
      const before = inBody ? previous : last;
      const finish = () => endWith(socket, reply);
      if (before === undefined || before.writableFinished) finish();
      else before.once('close', finish);
      logBroken(inBody ? `${last.req.method} ${last.req.url}` : packet, reply);
    },

    /** CONNECT: Node hands over the bare connection. */
    onConnect(request: IncomingMessage, socket: Duplex): void {
      socket.on('error', () => {});
      endWith(socket, otherMethod);
      logBroken(`CONNECT ${request.url}`, otherMethod);
    },
  };
};
