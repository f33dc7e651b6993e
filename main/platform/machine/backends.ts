import { connect, isIP, type Socket } from 'node:net';
import { createSecureContext, getCACertificates, connect as tlsConnect } from 'node:tls';

/** Doctor and person wait for it, and a backend of a developer is near. */
const longestMs = 3000;

/** Opens a connection like the gateway does. Throws for an invalid PEM. */
function open({ protocol, hostname, port }: URL, backendCa: string | null): { socket: Socket; event: string } {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol !== 'https:') return { socket: connect({ host, port: Number(port || 80) }), event: 'connect' };
  const ca = backendCa === null ? undefined : [...getCACertificates('default'), backendCa];
  const socket = tlsConnect({
    ...{ host, port: Number(port || 443) },
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { secureContext: createSecureContext({ ca, allowPartialTrustChain: true }) }),
  });
  return { socket, event: 'secureConnect' };
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens on its port',
  ENOTFOUND: 'its host name has no address',
  EAI_AGAIN: 'its host name has no address',
  EHOSTUNREACH: 'its machine cannot be reached',
  ENETUNREACH: 'its machine cannot be reached',
  ECONNRESET: 'it closes the connection',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** The fault without host name and address, which may be private. */
function wordsOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = words[code];
  if (known !== undefined) return known;
  if (/SELF_SIGNED|ISSUER|UNABLE_TO|UNTRUSTED/.test(code)) return 'its certificate is not trusted';
  if (/^ERR_SSL|EPROTO/.test(code)) return 'it does not speak TLS';
  return code === '' ? 'the connection fails' : `the connection fails (${code})`;
}

/**
 * Connects to the backend at a URL, and sends nothing. Gives the fault in a few words, or undefined if it accepts.
 * `backendCa` is a PEM that is trusted in addition to the default authorities.
 */
export async function backendFault(url: string, backendCa: string | null): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  let socket: Socket | undefined;
  try {
    const opened = open(new URL(url), backendCa);
    socket = opened.socket;
    socket.setTimeout(longestMs, () => resolve(`it does not answer within ${longestMs / 1000} s`));
    socket.once(opened.event, () => resolve(undefined));
    socket.once('error', (error) => resolve(wordsOf(error)));
  } catch (error) {
    resolve(wordsOf(error));
  }
  try {
    return await promise;
  } finally {
    socket?.destroy();
  }
}
