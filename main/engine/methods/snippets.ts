import type { Handlers } from '../../../preload/contract/index.ts';
import type { Ports } from '../ports/ports.ts';
import { callOf } from './calls/callOf.ts';
import { runSnippet } from './calls/runSnippet.ts';

export const snippetHandlers = (ports: Ports): Handlers['snippets'] => ({
  render: ({ shell, secrets: mode, ...input }) => {
    const { model, row } = callOf(ports, input, mode === 'real');
    const { notes, secrets, ...written } = ports.renderSnippet(model, shell, mode);
    return {
      ...written,
      notes: [...notes],
      secrets: [...secrets],
      ...(row !== undefined && { tokenId: row.id }),
    };
  },
  run: ({ reveal, ...input }, watch) => runSnippet(ports, callOf(ports, input, true), reveal, watch),
});
