import type { Exchange } from '../listener/exchange.ts';
import { isSecure } from '../listener/log/seen.ts';

/**
 * The issuer as a client sees it: `https://<host>:<port>/oauth2/token`. Over HTTPS it has the port of the Host header,
 * which may be forwarded; over plain HTTP it has the port of HTTPS.
 */
export const issuerOf = ({ request, hostname }: Exchange, httpsPort: number | undefined): string => {
  const authority = isSecure(request.socket) ? request.headers.host : undefined;
  return `https://${authority ?? `${hostname}:${httpsPort}`}/oauth2/token`;
};
