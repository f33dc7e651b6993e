import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { StoredDetails } from './masking/details.ts';

/** A server of this process. */
export interface OwnServer {
  readonly port: number;
  /** Its certificate, for HTTPS. */
  readonly certificatePem?: string;
}

/** These describe how the bytes travelled, and a repeated request travels on its own connection. */
const ofConnection = /^(?:connection|keep-alive|transfer-encoding|content-length|expect)$/i;

/**
 * The bytes of a request, with its real secrets. Gives a sentence instead if it cannot be repeated: its body was not
 * captured whole, or it turns the connection into another protocol.
 */
export const requestBytes = (method: string, { target, sentHeaders, sent }: StoredDetails): Buffer | string => {
  const lines = [`${method} ${target} HTTP/1.1`];
  let announced = false;
  for (let at = 0; at < sentHeaders.length; at += 2) {
    const [name = '', value = ''] = sentHeaders.slice(at, at + 2);
    const lower = name.toLowerCase();
    if (lower === 'upgrade') return 'It changes the protocol of its connection.';
    if (lower === 'transfer-encoding' || (lower === 'content-length' && value !== '0')) announced = true;
    if (!ofConnection.test(name)) lines.push(`${name}: ${value}`);
  }
  if (announced && sent.total !== sent.bytes.length) {
    return 'Only the start of its body was kept, or the body was refused unread.';
  }
  lines.push(`Content-Length: ${sent.bytes.length}`, 'Connection: close');
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), sent.bytes]);
};

const open = ({ port, certificatePem }: OwnServer): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const at = { host: '127.0.0.1', port };
    const socket: Socket =
      certificatePem === undefined
        ? connectTcp(at, () => resolve(socket))
        : connectTls({ ...at, servername: 'localhost', ca: certificatePem, allowPartialTrustChain: true }, () =>
            resolve(socket),
          );
    socket.on('error', reject);
  });

/** A backend may answer as late as this, and an event stream never ends. */
const longestMs = 120_000;

/**
 * Sends a request to a server of this process, and discards the reply. `rowOf` gives the log row of the connection with
 * this port. Rejects with `conflict` without a reply in time.
 */
export const sendAgain = async (
  server: OwnServer,
  bytes: Buffer,
  rowOf: (port: number) => Promise<number>,
): Promise<number> => {
  const socket = await open(server);
  let late: NodeJS.Timeout | undefined;
  try {
    const row = rowOf(socket.localPort ?? 0);
    socket.resume();
    socket.write(bytes);
    const timedOut = new Promise<never>((_, reject) => {
      late = setTimeout(() => {
        reject(new KeyfobError('conflict', 'The repeated request got no complete reply in two minutes.'));
      }, longestMs);
    });
    return await Promise.race([row, timedOut]);
  } finally {
    clearTimeout(late);
    socket.destroy();
  }
};
