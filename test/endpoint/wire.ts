import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Where to send bytes to. */
export interface Target {
  readonly port: number;
  readonly address?: string;
  /** The authority's certificate: HTTPS. */
  readonly ca?: string;
  /** Goes on writing after the server has ended. */
  readonly allowHalfOpen?: boolean;
}

export interface WireReply {
  readonly status: number;
  /** As they came, in order. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** The value of a header, whatever its case; several are joined. */
export const header = ({ headers }: WireReply, name: string): string | undefined =>
  headers
    .filter(([key]) => key.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value)
    .join(', ') || undefined;

/** A bare connection, TLS verified with our authority where the target has one. */
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

/** Resolves when a connection is gone, by whatever end. Errors on the way are of no interest. */
export const whenClosed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.on('error', () => {});
    socket.once('close', () => resolve());
  });

/** The replies that stand complete in `text`; a reply to HEAD and a 1xx have no body. */
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

/** Reads from a connection until there are so many final replies, or it ends. */
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

/** Sends bytes over a connection of their own; gives the replies, as many as are asked for, or fewer if it ends. */
export const exchange = async (target: Target, bytes: string | Buffer, count = 1): Promise<WireReply[]> => {
  const socket = await connect(target);
  const replies = readReplies(socket, count, bytes.toString().startsWith('HEAD '));
  socket.write(bytes);
  const result = await replies;
  socket.destroy();
  return result;
};

/** The one reply to a request. */
export const ask = async (target: Target, bytes: string | Buffer): Promise<WireReply> => {
  const [reply] = await exchange(target, bytes);
  if (reply === undefined) throw new Error('the connection ended without a reply');
  return reply;
};

export type HeaderLines = Readonly<Record<string, string | undefined>>;

/** A request as text: the headers given, in place of or beside the usual ones; `undefined` leaves one out. */
export const request = (line: string, headers: HeaderLines, body = ''): string => {
  const all: HeaderLines = { Host: 'localhost', 'Content-Length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return `${[line, ...lines].join('\r\n')}\r\n\r\n${body}`;
};

export const formType = 'application/x-www-form-urlencoded';

export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
