import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { RequestFacts } from './log/seen.ts';

/** An upgraded connection, and the first bytes that it sent after the handshake. */
export interface Upgrade {
  readonly socket: Socket;
  readonly head: Buffer;
}

/** A reply before it is written. */
export interface Reply {
  readonly status: number;
  /** Names and values in turn. Only a stream of known length names its Content-Length. */
  readonly headers: readonly string[];
  /**
   * Text is ASCII, so its length is its size and no byte is encoded twice. Other text is passed as bytes. A stream is
   * forwarded piece by piece, as fast as the client reads.
   */
  readonly body: string | Buffer | Readable;
  /** The text behind the status. Undefined: the usual one. */
  readonly reasonPhrase?: string | undefined;
  /** Names and values in turn that follow a streamed body. Called at its end. */
  readonly trailers?: (() => readonly string[]) | undefined;
  /** With status 101: the other end of an upgraded connection. `body` is not sent. */
  readonly tunnel?: Upgrade | undefined;
  /** A fault on purpose: the connection is destroyed after so many bytes of the text. */
  readonly cutAfterBytes?: number | undefined;
  /** False: the request log leaves it out. */
  readonly isLogged?: boolean | undefined;
  /** The rest is for the request log. */
  readonly tokenId?: number | undefined;
  readonly error?: string | undefined;
  readonly errorDescription?: string | undefined;
  /** The true reason, which the client does not get. Put into words only when somebody reads the log. */
  readonly why?: (() => string) | undefined;
  /** Facts of the gateway. */
  readonly facts?: RequestFacts | undefined;
  /** The fault on purpose that shaped it. */
  readonly fault?: string | undefined;
}

/** A reply whose body is ASCII text. */
export interface TextReply extends Reply {
  readonly body: string;
}

export const json = ['Content-Type', 'application/json'];

const beyondAscii = /[\u0080-\uffff]/;

/** Gives a body of any text. Node sends ASCII text in one write with the headers, and bytes in a second one. */
export const textBody = (text: string): string | Buffer => (beyondAscii.test(text) ? Buffer.from(text) : text);

/** Gives the JSON of a text or object, with nothing but ASCII. */
export const asciiJson = (value: string | object): string =>
  JSON.stringify(value).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * Gives an error reply with the members in the order of reference 4.5.
 * https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export const errorReply = (
  status: number,
  error: string,
  errorDescription: string,
  headers: readonly string[] = json,
): TextReply => ({
  status,
  headers,
  body: `{"error_description":${asciiJson(errorDescription)},"error":"${error}"}`,
  error,
  errorDescription,
});

/** Gives a 400 `invalid_request` that says what to fix. */
export const badRequest = (description: string): TextReply => errorReply(400, 'invalid_request', description);

/** Gives the bytes of a last reply on a connection, for a request that Node could not parse. */
export const rawReply = ({ status, headers, body }: TextReply, dateMs: number): string => {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`];
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  lines.push(`Content-Length: ${body.length}`, `Date: ${new Date(dateMs).toUTCString()}`, 'Connection: close');
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
};

/** Gives the pairs of names and values that come in turn. */
export const pairsOf = (list: readonly string[]): [string, string][] => {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < list.length; at += 2) pairs.push([list[at] ?? '', list[at + 1] ?? '']);
  return pairs;
};
