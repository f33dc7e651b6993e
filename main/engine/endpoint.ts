import type { Handlers } from '../../preload/contract/index.ts';
import type { Ports } from './ports.ts';

export const endpointHandlers = ({ endpoint }: Pick<Ports, 'endpoint'>): Handlers['endpoint'] => ({
  status: () => endpoint.status(),
  start: (at) => endpoint.start(at),
  stop: () => endpoint.stop(),
  exportCa: () => endpoint.ca(),
  requests: ({ limit }) => ({ items: [...endpoint.requests(limit)] }),
});
