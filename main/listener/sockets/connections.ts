import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** The state of one connection. Replies go out in the order of requests (pipelining). */
export interface Connection {
  /** The reply to the newest request. */
  last: ServerResponse | undefined;
  /** The reply before that. */
  previous: ServerResponse | undefined;
  /** Whether a route streams the body of the newest request; such a body may take longer than the usual time limit. */
  streaming: boolean;
  /** Whether it sent malformed HTTP. That gets one reply, and everything after it is ignored. */
  broken: boolean;
}

/** The open connections of all servers, so that stopping can let running requests finish. */
export interface Connections {
  readonly draining: boolean;
  /** Call when a TCP connection was accepted. */
  accepted(socket: Socket): void;
  /** Call when it is ready for requests: at once, or after the TLS handshake. */
  opened(socket: Socket): void;
  of(socket: Duplex): Connection;
  /** Gives the TCP connection under a TLS one. */
  below(socket: Socket): Socket;
  /** Ends idle connections now, and busy ones after their last reply. */
  drain(): void;
  destroy(): void;
}

const newConnection = (): Connection => ({ last: undefined, previous: undefined, streaming: false, broken: false });

const peer = ({ remoteAddress, remotePort }: Pick<Socket, 'remoteAddress' | 'remotePort'>): string =>
  `${remoteAddress} ${remotePort}`;

/** Creates an empty set of connections. */
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
