import type { GatewayFacts } from '../engine/gateway/gateway.ts';
import type { Reply } from '../listener/reply.ts';
import { logFacts } from './logFacts.ts';

const why = () => 'The client closed the connection before it got a reply.';

/** The reply to a client that left, which only the log shows. The status is nginx's. */
export const abandonedReply = (facts: GatewayFacts, backendMs?: number): Reply => ({
  ...{ status: 499, headers: [], body: '' },
  ...logFacts({ ...facts, why }, backendMs),
});
