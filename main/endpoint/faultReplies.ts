import type { FaultRoute } from '../../preload/contract/faults.ts';
import type { TakenFault } from '../engine/faults/faultSource.ts';
import type { Exchange } from '../listener/exchange.ts';
import { cutReply, delayed, malformedReply, markFault } from '../listener/faultReply.ts';
import { errorReply, json, type Reply } from '../listener/reply.ts';

type EndpointRoute = Exclude<FaultRoute, 'gateway'>;
export type FormRoute = Exclude<EndpointRoute, 'userinfo'>;

const invalidGrant = errorReply(400, 'invalid_grant', 'Provided Authorization Grant is invalid');
const expiredGrant = errorReply(400, 'invalid_grant', 'Refresh token is expired.');
const invalidClient = errorReply(401, 'invalid_client', 'Client Authentication failed.');
const expiredToken = errorReply(401, 'invalid_token', 'Access token validation failed', [
  ...json,
  ...['WWW-Authenticate', 'Bearer error="invalid_token"'],
]);
const inactive: Reply = { status: 200, headers: json, body: '{"active":false}' };
const serverError = errorReply(500, 'server_error', 'Internal Server Error.');
const unavailable = errorReply(503, 'temporarily_unavailable', 'The service is temporarily unavailable.');
const throttled = (seconds: number): Reply =>
  errorReply(429, 'temporarily_unavailable', 'Too many requests.', [...json, 'Retry-After', `${seconds}`]);

const replyOf = (route: EndpointRoute, { kind, seconds }: TakenFault): Reply => {
  switch (kind) {
    case 'invalid_grant':
      return invalidGrant;
    case 'invalid_client':
      return invalidClient;
    case 'expired':
      if (route === 'userinfo') return expiredToken;
      return route === 'introspect' ? inactive : expiredGrant;
    case 'throttled':
      return throttled(seconds);
    case 'unavailable':
      return unavailable;
    case 'cut':
      return cutReply;
    case 'malformed':
      return malformedReply;
    default:
      return serverError;
  }
};

/**
 * Gives the reply that a fault on purpose causes. Only a delay runs `answer`; every other fault changes nothing: no token
 * is issued or revoked.
 */
export const faultReply = (
  exchange: Exchange,
  route: EndpointRoute,
  fault: TakenFault,
  answer: () => Reply | Promise<Reply>,
): Reply | Promise<Reply> =>
  fault.kind === 'delay' ? delayed(exchange, fault, answer) : markFault(replyOf(route, fault), fault);
