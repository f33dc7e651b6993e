import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { BasicCredentials } from './basic.ts';
import type { Reply } from './reply.ts';

/** What was asked on one connection. Replies go out in the order of requests (pipelining). */
export interface Connection {
  /** The reply to the newest request. */
  last: ServerResponse | undefined;
  /** The one before. */
  previous: ServerResponse | undefined;
  /** The newest Authorization header and what it says: clients send the same with each request. */
  authorization: string | undefined;
  basic: BasicCredentials | Reply | undefined;
  /** Whether it sent what is no request. It gets one reply to that; what it sends on is not looked at. */
  broken: boolean;
}

/** The open connections of an endpoint, so that it can finish what runs when it stops. */
export interface Connections {
  readonly draining: boolean;
  /** A TCP connection was accepted. */
  accepted(socket: Socket): void;
  /** It is ready for requests: at once, or after the TLS handshake. */
  opened(socket: Socket): void;
  of(socket: Duplex): Connection;
  /** The TCP connection under a TLS one. */
  below(socket: Socket): Socket;
  /** Ends the connections on which nothing runs now, and the others after their last reply. */
  drain(): void;
  destroy(): void;
}

const newConnection = (): Connection => ({
  last: undefined,
  previous: undefined,
  authorization: undefined,
  basic: undefined,
  broken: false,
});

const peer = ({ remoteAddress, remotePort }: Pick<Socket, 'remoteAddress' | 'remotePort'>): string =>
  `${remoteAddress} ${remotePort}`;

export const createConnections = (): Connections => {
  const tcp = new Map<string, Socket>();
  const open = new Map<Duplex, Connection & { readonly socket: Socket }>();
  let draining = false;
  return {
    get draining() {
      return draining;
    },
    accepted(socket) {
      const key = peer(socket);
      tcp.set(key, socket);
      socket.once('close', () => tcp.delete(key));
    },
    opened(socket) {
      open.set(socket, { socket, ...newConnection() });
      socket.once('close', () => open.delete(socket));
    },
    of: (socket) => open.get(socket) ?? newConnection(),
    below: (socket) => tcp.get(peer(socket)) ?? socket,
    drain() {
      draining = true;
      for (const { socket, last } of open.values()) {
        if (last === undefined || last.writableFinished) socket.destroySoon();
        else last.once('close', () => socket.destroySoon());
      }
    },
    destroy() {
      for (const socket of tcp.values()) socket.destroy();
    },
  };
};
