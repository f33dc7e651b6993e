import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import type { SnippetModel } from '../engine/ports/snippet.ts';

/** How a command encodes URLs and form values, so that a run sends the same. */
export interface Encoding {
  readonly url: (url: string) => string;
  readonly formValue: (value: string) => string;
}

const formOf = ({ form }: SnippetModel, encoding: Encoding): string | undefined =>
  form.length === 0 ? undefined : form.map(({ name, value }) => `${name}=${encoding.formValue(value ?? '')}`).join('&');

const authorizationOf = ({ basic, bearer }: SnippetModel): string | undefined => {
  // As curl does: -u sends Basic, without form-encoding key and secret.
  if (basic) return `Basic ${Buffer.from(`${basic.consumerKey}:${basic.consumerSecret}`).toString('base64')}`;
  return bearer === undefined || bearer === null ? undefined : `Bearer ${bearer}`;
};

/** Every name leads to this machine, whatever a resolver says. Nothing ever leaves it. */
const lookupHere: LookupFunction = (_, { all }, callback) => {
  if (all)
    callback(null, [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
  else callback(null, '127.0.0.1', 4);
};

const isLoopbackAddress = (host: string): boolean => host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** Options of Node's `request` for a call, and its body. `ca` is the PEM that alone is trusted. */
export const outgoingOf = (model: SnippetModel, encoding: Encoding, ca: string | undefined) => {
  const url = new URL(encoding.url(model.url));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const authorization = authorizationOf(model);
  const body = formOf(model, encoding);
  return {
    url,
    body,
    options: {
      method: model.method,
      // An address of this machine's network card is an extra name too. The endpoint always listens on loopback.
      host: isLoopbackAddress(host) ? host : 'localhost',
      port: url.port === '' ? undefined : Number(url.port),
      path: `${url.pathname}${url.search}`,
      lookup: lookupHere,
      // A new connection, and no proxy of the environment: the shared agent may use one.
      agent: false,
      headers: {
        Host: url.host,
        ...(authorization !== undefined && { Authorization: authorization }),
        'User-Agent': 'Keyfob',
        Accept: '*/*',
        ...(body !== undefined && {
          'Content-Type': 'application/x-www-form-urlencoded',
          'Content-Length': `${Buffer.byteLength(body)}`,
        }),
      },
      ...(url.protocol === 'https:' && {
        rejectUnauthorized: !model.insecure,
        servername: isIP(host) === 0 ? host : '',
        checkServerIdentity: (_: string, certificate: Parameters<typeof checkServerIdentity>[1]) =>
          checkServerIdentity(host, certificate),
        ...(ca !== undefined && { ca }),
      }),
    },
  };
};
