/** Where a request is forwarded. */
export interface Target {
  readonly isTls: boolean;
  /** Without the brackets of an IPv6 address. */
  readonly hostname: string;
  readonly port: number;
  /** The value of the Host header. */
  readonly host: string;
  /** With the query. */
  readonly path: string;
}

/**
 * Gives the target of a request: the backend URL, then the resource path and the query. The last two stay as the client
 * sent them, and cannot change the host. Throws for a backend that is not an http or https URL.
 */
export const targetOf = (backend: string, resourcePath: string, query: string): Target => {
  const { protocol, hostname, port, host, pathname } = new URL(backend);
  const isTls = protocol === 'https:';
  const base = pathname.endsWith('/') ? pathname.slice(0, -1) : pathname;
  return {
    isTls,
    hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? (isTls ? 443 : 80) : Number(port),
    host,
    path: `${base}${resourcePath}${query === '' ? '' : `?${query}`}`,
  };
};
