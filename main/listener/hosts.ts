import { badRequest, errorReply, type TextReply } from './reply.ts';

/** Whether a host name, as `URL` writes it, is `localhost`, `[::1]` or in 127.0.0.0/8. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);

/** Gives the host name of a Host header or an absolute request target, as `URL` writes it. */
const hostnameOf = (host: string): string | undefined =>
  /^[\w.:[\]-]+$/.test(host) ? URL.parse(`http://${host}`)?.hostname : undefined;

const malformed = badRequest('The Host header must be one name or address, with or without a port.');
const missing = badRequest('An HTTP/1.1 request must have a Host header.');
const foreign = errorReply(
  421,
  'invalid_request',
  'This server does not answer for that host. Use localhost, 127.0.0.1 or [::1], or add the name to the setting extraNames.',
);

/** Accepted headers differ in their port, so a client could fill memory with them. */
const mostRemembered = 100;

/** Which hosts a request may name. Refuses pages whose own name resolves to this machine (DNS rebinding). */
export interface HostRule {
  /** Gives the host name of a header or an authority, or the refusal. HTTP/1.0 may go without a header. */
  check(host: string | undefined, httpVersion: string): string | TextReply;
}

/**
 * Accepts loopback and the configured names, refuses others with 421.
 * https://www.rfc-editor.org/rfc/rfc9110#section-15.5.20
 */
export const createHostRule = (extraNames: readonly string[]): HostRule => {
  const configured = new Set(
    extraNames.map((name) => URL.parse(`http://${name.includes(':') ? `[${name}]` : name}`)?.hostname),
  );
  const accepted = new Map<string, string>();
  return {
    check(host, httpVersion) {
      if (host === undefined) return httpVersion === '1.0' ? 'localhost' : missing;
      const known = accepted.get(host);
      if (known !== undefined) return known;
      const hostname = hostnameOf(host);
      if (hostname === undefined) return malformed;
      if (!isLoopback(hostname) && !configured.has(hostname)) return foreign;
      if (accepted.size < mostRemembered) accepted.set(host, hostname);
      return hostname;
    },
  };
};
