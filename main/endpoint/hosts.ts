import { badRequest, failure, type Reply } from './reply.ts';

/** `localhost`, 127.0.0.0/8 and `[::1]`, as `URL` writes host names. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);

/** The host name of a Host header or of an absolute request target, as `URL` writes it. */
const hostnameOf = (host: string): string | undefined =>
  /^[\w.:[\]-]+$/.test(host) ? URL.parse(`http://${host}`)?.hostname : undefined;

const malformed = badRequest('The Host header must be one name or address, with or without a port.');
const missing = badRequest('An HTTP/1.1 request must have a Host header.');
const foreign = failure(
  421,
  'invalid_request',
  'This server does not answer for that host. Use localhost, 127.0.0.1 or [::1], or add the name to the setting extraNames.',
);

/** Ports make no difference, so a client cannot fill the memory of accepted headers for long. */
const mostRemembered = 100;

/** Which hosts a request may name. A page of another name that resolves to this machine gets nothing. */
export interface HostRule {
  /** The host name that a header or an authority names, or the refusal. A missing header is refused in HTTP/1.1 only. */
  check(host: string | undefined, httpVersion: string): string | Reply;
}

/** Accepts loopback and the configured names (RFC 9110 section 7.2; 421 is section 15.5.20). */
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
