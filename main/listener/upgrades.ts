import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { BodyRequest } from './body.ts';
import { LoggedResponse } from './loggedResponse.ts';
import type { Reply, Upgrade } from './reply.ts';
import type { Connection } from './sockets/connections.ts';

/**
 * Whether a request may become a WebSocket. Other upgrades, such as the `h2c` of Java's client, stay ordinary requests. So
 * do handshakes that arrive before the reply to an earlier request is out: its connection is not free.
 * https://www.rfc-editor.org/rfc/rfc6455#section-4.1
 */
export const isWebSocket = ({ method, headers }: IncomingMessage, { last }: Pick<Connection, 'last'>): boolean =>
  method === 'GET' &&
  headers.upgrade?.toLowerCase() === 'websocket' &&
  (last === undefined || (last.writableFinished && last.socket === null));

/** Gives a response on the bare connection of a handshake. The connection ends with it. */
export const responseTo = (request: BodyRequest, socket: Socket): LoggedResponse<BodyRequest> => {
  const response = new LoggedResponse(request);
  socket.on('error', () => {});
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.once('finish', () => socket.end());
  return response;
};

/** Sends the 101, then forwards bytes both ways until either side ends. */
export const openTunnel = (
  response: ServerResponse,
  { status, headers, reasonPhrase = 'Switching Protocols' }: Reply,
  client: Upgrade,
  backend: Upgrade,
): void => {
  response.writeHead(status, reasonPhrase, [...headers]);
  response.flushHeaders();
  response.detachSocket(client.socket);
  if (client.head.length > 0) client.socket.unshift(client.head);
  if (backend.head.length > 0) backend.socket.unshift(backend.head);
  join(client.socket, backend.socket);
  join(backend.socket, client.socket);
};

/** Forwards what one side sends. Once it is closed, the other side gets what was sent before, and is closed too. */
const join = (from: Socket, to: Socket): void => {
  from.pipe(to);
  from.once('close', () => to.destroySoon());
};
