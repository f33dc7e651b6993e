import type { Handlers } from '../../../preload/contract/index.ts';
import type { Ports } from '../ports/ports.ts';
import type { SnippetModel } from '../ports/snippet.ts';
import { whyNoRun } from './calls/apiCall.ts';
import { type Call, callOf } from './calls/callOf.ts';
import { codeCallOf, randomText, signInNote } from './calls/codeFlow.ts';
import { runSnippet } from './calls/runSnippet.ts';

/** Reference 5.2: only a user of the server may introspect there. */
const needsPermission = ({ call, server }: SnippetModel): boolean => call === 'introspect' && server !== undefined;
const permission =
  'API Manager may answer 401 here: it wants a user with the introspect permission. Then put that name and password in place of the key and secret.';

export const snippetHandlers = (ports: Ports): Handlers['snippets'] => {
  // Each key set keeps its verifier, so the copied address fits the copied command, although each is rendered on its own.
  const seed = randomText(ports);
  return {
    render: ({ client, shell, secrets: mode, ca, call, ...input }) => {
      const found: Call & { readonly authorizeUrl?: string } =
        call === 'code' ? codeCallOf(ports, input, seed) : callOf(ports, { ...input, call }, mode === 'real');
      const { row, authorizeUrl } = found;
      const caVariable = (ca ?? (mode === 'real' ? 'path' : 'variable')) === 'variable';
      const model: SnippetModel = { ...found.model, caVariable };
      const needsCa = model.caFile !== undefined && !model.insecure;
      const why = whyNoRun(ports, model);
      const { notes, secrets, ...written } = ports.renderSnippet(model, client === 'curl' ? shell : client, mode);
      return {
        ...written,
        notes: [
          ...(authorizeUrl === undefined ? [] : [signInNote(authorizeUrl)]),
          ...notes,
          ...(needsPermission(model) ? [permission] : []),
        ],
        target: model.server === undefined ? 'machine' : 'server',
        secrets: [...secrets],
        ...(needsCa && { caFile: model.caFile }),
        ...(row !== undefined && { tokenId: row.id }),
        ...(authorizeUrl !== undefined && { authorizeUrl }),
        ...(why !== undefined && { whyNoRun: why }),
      };
    },
    run: ({ reveal, ...input }, watch) => runSnippet(ports, callOf(ports, input, true), reveal, watch),
  };
};
