import { STATUS_CODES } from 'node:http';
import type { OAuthError } from '../engine/decisions/oauthError.ts';
import { explain } from '../engine/decisions/reasons.ts';

/** A reply before it is written. Its body is ASCII, so its length is its size and no byte is encoded twice. */
export interface Reply {
  readonly status: number;
  /** Names and values in turn, without Content-Length. */
  readonly headers: readonly string[];
  readonly body: string;
  /** For the log of requests. */
  readonly tokenId?: number | undefined;
  readonly error?: string | undefined;
  readonly errorDescription?: string | undefined;
  /** The true reason, which the wire does not say; put into words when it is asked for. */
  readonly why?: (() => string) | undefined;
}

export const json = ['Content-Type', 'application/json'];
/** RFC 6749 section 5.1; reference 4.4. Error replies go without (reference 4.5). */
export const notStored = ['Cache-Control', 'no-store', 'Pragma', 'no-cache'];
export const jsonNotStored = [...json, ...notStored];

/** A JSON string with nothing but ASCII in it. */
export const asciiJson = (text: string): string =>
  JSON.stringify(text).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** An error reply: RFC 6749 section 5.2, with the members in the order of reference 4.5. */
export const failure = (
  status: number,
  error: string,
  errorDescription: string,
  headers: readonly string[] = json,
): Reply => ({
  status,
  headers,
  body: `{"error_description":${asciiJson(errorDescription)},"error":"${error}"}`,
  error,
  errorDescription,
});

export const badRequest = (description: string): Reply => failure(400, 'invalid_request', description);

export const refused = ({ status, error, message, reason }: OAuthError): Reply => ({
  ...failure(status, error, message),
  why: reason && (() => explain(reason)),
});

/** A reply to a connection whose request never became one; the connection ends with it. */
export const rawReply = ({ status, headers, body }: Reply, dateMs: number): string => {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`];
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  lines.push(`Content-Length: ${body.length}`, `Date: ${new Date(dateMs).toUTCString()}`, 'Connection: close');
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
};
