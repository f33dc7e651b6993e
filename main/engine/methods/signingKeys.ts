import type { Handlers } from '../../../preload/contract/index.ts';
import type { Ports } from '../ports/ports.ts';

export const signingKeyHandlers = ({ signingKeys, events }: Ports): Handlers['signingKeys'] => ({
  list: () => ({ items: signingKeys.list().toReversed() }),
  rotate: async ({ algorithm }) => {
    const created = await signingKeys.rotate(algorithm);
    events.emit('signingKeys.changed', {});
    return created;
  },
});
