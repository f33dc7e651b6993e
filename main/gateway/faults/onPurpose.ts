import type { FaultSource, TakenFault } from '../../engine/faults/faultSource.ts';
import type { GatewayDecision, GatewayFault } from '../../engine/gateway/gateway.ts';
import type { Exchange } from '../../listener/exchange.ts';
import { cutReply, delayed, malformedReply, markFault } from '../../listener/faultReply.ts';
import type { Reply } from '../../listener/reply.ts';
import { logFacts } from '../logFacts.ts';

type Admitted = Extract<GatewayDecision, { kind: 'admitted' }>;

const plain = ['Content-Type', 'text/plain'];

/** What the gateway does for a request without a fault, and to refuse one. */
interface Replies {
  readonly answer: () => Reply | Promise<Reply>;
  readonly refuse: (fault: GatewayFault) => Reply;
  /** Milliseconds since 1970. */
  readonly realTimeMs: () => number;
}

const withRetryAfter = (reply: Reply, seconds: number): Reply => ({
  ...reply,
  headers: reply.headers.includes('Retry-After') ? reply.headers : [...reply.headers, 'Retry-After', `${seconds}`],
});

const replyOf = (
  { basePath, api, template }: Admitted,
  { kind, seconds }: TakenFault,
  { refuse, realTimeMs }: Replies,
): Reply => {
  switch (kind) {
    case 'expired':
      return refuse({
        code: 900901,
        stage: 'authentication',
        api: { basePath, version: api.version, template },
      });
    case 'throttled':
      return withRetryAfter(
        refuse({ code: 900803, stage: 'throttling', nextAccessAtMs: realTimeMs() + seconds * 1000 }),
        seconds,
      );
    case 'unavailable':
      return { status: 503, headers: plain, body: 'Service Unavailable' };
    case 'cut':
      return cutReply;
    case 'malformed':
      return malformedReply;
    default:
      return { status: 500, headers: plain, body: 'Internal Server Error' };
  }
};

/**
 * Gives the reply to an admitted request that gets a fault on purpose; `undefined` without one. Only a delay calls the
 * backend. The request was counted against its tiers before.
 */
export const replyOnPurpose = (
  faults: FaultSource,
  exchange: Exchange,
  admitted: Admitted,
  replies: Replies,
): Reply | Promise<Reply> | undefined => {
  const { api, caller } = admitted;
  const fault = faults.take({
    route: 'gateway',
    applicationId: caller?.applicationId,
    keyType: caller?.keyType,
    apiId: api.id,
  });
  if (fault === undefined) return undefined;
  if (fault.kind === 'delay') return delayed(exchange, fault, replies.answer);
  return markFault({ ...replyOf(admitted, fault, replies), ...logFacts(admitted.facts) }, fault);
};
