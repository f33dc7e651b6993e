import type { Clock } from '../../ports/ports.ts';
import type { MaskedDetails, RequestRow } from '../../ports/requestLog.ts';

type Message = MaskedDetails['sent'];

const headerOf = ({ headers }: Message, wanted: string): string =>
  headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? '';

/** HAR names query parameters in decoded form. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

const queryOf = (target: string): { readonly name: string; readonly value: string }[] => {
  const query = /\?([^#]*)/.exec(target)?.[1] ?? '';
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return { name: decoded(name), value: decoded(value.join('=')) };
    });
};

/** A target in absolute form is an address already. */
const addressOf = (target: string, sent: Message, secure: boolean, origin: string): string => {
  if (!target.startsWith('/')) return target;
  const host = headerOf(sent, 'host');
  return host === '' ? `${origin}${target}` : `${secure ? 'https' : 'http'}://${host}${target}`;
};

const none: MaskedDetails = {
  target: '',
  secure: true,
  sent: { headers: [], truncated: false },
  answered: { headers: [], truncated: false },
};

/** Masked bodies are no longer the bytes that were sent, so this says what they are. */
const bodyComment = ({ truncated }: Message): string =>
  truncated ? 'Secrets are masked, and only the start was kept.' : 'Secrets are masked.';

/**
 * An entry of a HAR 1.2 log (http://www.softwareishard.com/blog/har-12-spec/). Without details it has no headers and no
 * bodies. Cookies are masked headers only.
 */
export const harEntry = (
  row: RequestRow,
  details: MaskedDetails | undefined,
  origin: string,
  clock: Pick<Clock, 'isoTime'>,
): object => {
  const { target, secure, sent, answered } = details ?? none;
  const path = details === undefined ? row.path : target;
  const { durationMs = 0, backendMs = 0 } = row;
  const why = row.why();
  return {
    startedDateTime: clock.isoTime(Math.round(row.atMs - durationMs)),
    time: durationMs,
    request: {
      method: row.method,
      url: addressOf(path, sent, secure, origin),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: sent.headers,
      queryString: queryOf(path),
      ...(sent.body !== undefined && {
        postData: {
          mimeType: headerOf(sent, 'content-type'),
          params: [],
          text: sent.body,
          comment: bodyComment(sent),
        },
      }),
      headersSize: -1,
      bodySize: sent.bodyBytes ?? -1,
    },
    response: {
      status: row.status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: answered.headers,
      content: {
        size: answered.bodyBytes ?? 0,
        mimeType: headerOf(answered, 'content-type'),
        ...(answered.body !== undefined && { text: answered.body, comment: bodyComment(answered) }),
      },
      redirectURL: headerOf(answered, 'location'),
      headersSize: -1,
      bodySize: answered.bodyBytes ?? -1,
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0, ...(backendMs > 0 && { comment: `Backend: ${backendMs} ms` }) },
    ...(why !== undefined && { comment: why }),
  };
};

/** A HAR 1.2 document of these entries, oldest first. */
export const harOf = (entries: readonly object[], version: string): string =>
  JSON.stringify({ log: { version: '1.2', creator: { name: 'Keyfob', version }, entries } }, undefined, 2);
