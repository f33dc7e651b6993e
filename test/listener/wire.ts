import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A server to send bytes to. */
export interface Target {
  readonly port: number;
  readonly address?: string;
  /** The authority's certificate, for HTTPS. */
  readonly ca?: string;
  /** Whether writing continues after the server has ended its side. */
  readonly allowHalfOpen?: boolean;
}

export interface WireReply {
  readonly status: number;
  /** In the order received. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** Gives the value of a header in any case; joins several. */
export const header = ({ headers }: WireReply, name: string): string | undefined =>
  headers
    .filter(([key]) => key.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value)
    .join(', ') || undefined;

/** Opens a connection, with TLS verified by the target's authority if it has one. */
export const connect = (target: Target): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const { port, address: host = '127.0.0.1', allowHalfOpen = false } = target;
    const at = { host, port, allowHalfOpen };
    const socket: Socket =
      target.ca === undefined
        ? connectTcp(at, () => resolve(socket))
        : connectTls({ ...at, ca: target.ca, servername: 'localhost' }, () => resolve(socket));
    socket.once('error', reject);
  });

/** Resolves when a connection is closed by either side. Ignores errors. */
export const whenClosed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.on('error', () => {});
    socket.once('close', () => resolve());
  });

/** Gives the complete replies in `text`. A reply to HEAD and a 1xx have no body. */
const parseReplies = (text: string, toHead: boolean): WireReply[] => {
  const replies: WireReply[] = [];
  let rest = text;
  for (;;) {
    const headEnd = rest.indexOf('\r\n\r\n');
    if (headEnd < 0) return replies;
    const [statusLine = '', ...lines] = rest.slice(0, headEnd).split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
    const headers = lines.map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)] as const;
    });
    const length = toHead || status < 200 ? 0 : Number(header({ status, headers, body: '' }, 'content-length') ?? 0);
    const bodyEnd = headEnd + 4 + length;
    if (rest.length < bodyEnd) return replies;
    replies.push({ status, headers, body: rest.slice(headEnd + 4, bodyEnd) });
    rest = rest.slice(bodyEnd);
  }
};

/** Reads from a connection until it has `count` final replies, or the connection ends. */
export const readReplies = (socket: Socket, count: number, toHead = false): Promise<WireReply[]> =>
  new Promise((resolve) => {
    let text = '';
    const final = () => parseReplies(text, toHead).filter(({ status }) => status >= 200);
    const done = () => resolve(final());
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (final().length >= count) done();
    });
    socket.on('error', done);
    socket.on('close', done);
    socket.on('end', done);
  });

/** Sends bytes over a new connection. Gives `count` replies, or fewer if the connection ends. */
export const exchange = async (target: Target, bytes: string | Buffer, count = 1): Promise<WireReply[]> => {
  const socket = await connect(target);
  const replies = readReplies(socket, count, bytes.toString().startsWith('HEAD '));
  socket.write(bytes);
  const result = await replies;
  socket.destroy();
  return result;
};

/** Gives the only reply to a request. */
export const ask = async (target: Target, bytes: string | Buffer): Promise<WireReply> => {
  const [reply] = await exchange(target, bytes);
  if (reply === undefined) throw new Error('the connection ended without a reply');
  return reply;
};

export type HeaderLines = Readonly<Record<string, string | undefined>>;

/** Gives a request as text. Given headers replace or extend the usual ones; `undefined` removes one. */
export const request = (line: string, headers: HeaderLines, body = ''): string => {
  const all: HeaderLines = { Host: 'localhost', 'Content-Length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return `${[line, ...lines].join('\r\n')}\r\n\r\n${body}`;
};

export const formType = 'application/x-www-form-urlencoded';

export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
