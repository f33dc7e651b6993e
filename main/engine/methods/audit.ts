import type { Handlers } from '../../../preload/contract/index.ts';
import { explain } from '../decisions/reasons.ts';
import type { Ports } from '../ports/ports.ts';
import { isPurged } from '../references.ts';

export const auditHandlers = (ports: Ports): Handlers['audit'] => ({
  list: ({ limit, refusalsOnly }) => ({
    items: ports.decisions
      .newest(limit, refusalsOnly)
      .map((decision) => ({ ...decision, text: explain(decision.reason, isPurged(ports)) })),
  }),
});
