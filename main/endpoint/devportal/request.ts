import { isUtf8 } from 'node:buffer';
import type { PortalCredentials } from '../../engine/devportal/portal.ts';
import { badRequest, PortalError, unauthenticated } from '../../engine/devportal/portalError.ts';
import type { Exchange } from '../../listener/exchange.ts';
import { basicOf } from '../form/basic.ts';
import { parseQuery } from '../form/parameters.ts';

/** The credentials of the Authorization header; undefined without one. Throws `PortalError` 401 for a malformed one. */
export const credentialsOf = (exchange: Exchange): PortalCredentials | undefined => {
  const { authorization } = exchange.request.headers;
  if (authorization === undefined) return undefined;
  const [, token] = /^bearer\s+(\S.*)$/i.exec(authorization) ?? [];
  if (token !== undefined) return { token: token.trim() };
  const basic = basicOf(exchange);
  if (basic === undefined) return undefined;
  if ('id' in basic) return { basic };
  throw unauthenticated(`The Authorization header has no Bearer token. ${basic.errorDescription ?? ''}`);
};

/** The parameters of the query. Throws `PortalError` 400. */
export const queryOf = ({ query }: Exchange): ReadonlyMap<string, string> => {
  const parameters = parseQuery(query);
  if (parameters instanceof Map) return parameters;
  throw badRequest(parameters.errorDescription ?? '');
};

/** Decodes a segment of the path. Throws `PortalError` 400. */
export const decodeSegment = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badRequest('A percent sign in the path is not followed by two hexadecimal digits of UTF-8.');
  }
};

/** The parsed JSON; undefined for an empty body. Throws `PortalError` 415 and 400. */
export const bodyOf = ({ request }: Exchange, body: Buffer): unknown => {
  if (body.length === 0) return undefined;
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!/^application\/(?:[\w.-]+\+)?json$/.test(type)) {
    throw new PortalError(415, 'Unsupported media type', 'The entity of the request was not in a supported format', {
      why: 'Send the header Content-Type: application/json. curl -d alone announces a form.',
    });
  }
  if (!isUtf8(body)) throw badRequest('Malformed request body.', 'It is not UTF-8.');
  try {
    return JSON.parse(body.toString());
  } catch {
    throw badRequest('Malformed request body.', 'It is not JSON.');
  }
};
