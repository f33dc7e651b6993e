import type { Handlers } from '../../preload/contract/index.ts';
import type { Ports } from './ports.ts';
import { explain } from './reasons.ts';

const isPurged =
  ({ store }: Ports) =>
  (tokenId: number): boolean =>
    store.tokens.byId(tokenId) === undefined;

export const auditHandlers = (ports: Ports): Handlers['audit'] => ({
  list: ({ limit, refusalsOnly }) => ({
    items: ports.decisions
      .newest(limit, refusalsOnly)
      .map((decision) => ({ ...decision, text: explain(decision.reason, isPurged(ports)) })),
  }),
});
