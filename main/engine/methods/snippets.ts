import type { Handlers } from '../../../preload/contract/index.ts';
import type { Ports } from '../ports/ports.ts';
import { type Call, callOf } from './calls/callOf.ts';
import { codeCallOf, randomText, signInNote } from './calls/codeFlow.ts';
import { runSnippet } from './calls/runSnippet.ts';

export const snippetHandlers = (ports: Ports): Handlers['snippets'] => {
  // Each key set keeps its verifier, so the copied address fits the copied command, although each is rendered on its own.
  const seed = randomText(ports);
  return {
    render: ({ shell, secrets: mode, call, ...input }) => {
      const found: Call & { readonly authorizeUrl?: string } =
        call === 'code' ? codeCallOf(ports, input, seed) : callOf(ports, { ...input, call }, mode === 'real');
      const { model, row, authorizeUrl } = found;
      const { notes, secrets, ...written } = ports.renderSnippet(model, shell, mode);
      return {
        ...written,
        notes: [...(authorizeUrl === undefined ? [] : [signInNote(authorizeUrl)]), ...notes],
        secrets: [...secrets],
        ...(row !== undefined && { tokenId: row.id }),
        ...(authorizeUrl !== undefined && { authorizeUrl }),
      };
    },
    run: ({ reveal, ...input }, watch) => runSnippet(ports, callOf(ports, input, true), reveal, watch),
  };
};
