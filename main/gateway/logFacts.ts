import type { GatewayFacts } from '../engine/gateway/gateway.ts';
import type { Reply } from '../listener/reply.ts';

/** Gives the part of a reply that is for the request log. `backendMs`: how long the backend took to start its response. */
export const logFacts = (
  { tokenId, why, template, ...facts }: GatewayFacts,
  backendMs?: number,
): Pick<Reply, 'tokenId' | 'why' | 'facts'> => ({
  tokenId,
  why,
  facts: { ...facts, resource: template, ...(backendMs !== undefined && { backendMs }) },
});
