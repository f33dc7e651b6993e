import { once } from 'node:events';
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Socket, type Server as TcpServer } from 'node:net';
import type { TestContext } from 'node:test';

/** A backend that counts its connections. */
export interface Backend {
  readonly url: string;
  readonly connections: () => number;
}

/** Listens on a free loopback port until the test ends, and counts connections. */
export async function listening(
  t: { after(close: () => void): void },
  server: Server | TcpServer,
  scheme = 'http',
): Promise<Backend> {
  let connections = 0;
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections += 1;
    open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => open.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return { url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections };
}

/** A plain HTTP backend. */
export const httpBackend = (t: TestContext, listener: RequestListener): Promise<Backend> =>
  listening(t, createHttp({ keepAliveTimeout: 60_000 }, listener));

/** A backend that reads one request head, then does what it likes with the connection. */
export const rawBackend = (t: TestContext, answer: (socket: Socket, head: string) => void): Promise<Backend> =>
  listening(
    t,
    createTcp((socket) => {
      let head = '';
      const read = (piece: Buffer) => {
        head += piece.toString('latin1');
        if (!head.includes('\r\n\r\n')) return;
        socket.off('data', read);
        answer(socket, head);
      };
      socket.on('data', read);
    }),
  );
