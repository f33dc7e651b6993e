import type { Handlers } from '../../../preload/contract/index.ts';
import type { Ports } from '../ports/ports.ts';

export const aboutHandlers = ({ installation, store, vault }: Ports): Handlers['about'] => ({
  read: () => ({ ...installation.read(), tokens: store.tokens.count(), vault: vault.status() }),
});
