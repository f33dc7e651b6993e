import type { OutputOf } from '../../../../preload/contract/define.ts';
import type { MethodName, MethodOf } from '../../../../preload/contract/index.ts';
import type { Host } from '../../../host/host.ts';
import type { TakenToken } from './shownOnce.ts';

/** How to find the issued tokens in the output of each method that issues some. */
const issuedIn: { readonly [N in MethodName]?: (output: OutputOf<MethodOf<N>>) => readonly TakenToken[] } = {
  'tokens.issue': (token) => [token],
  'tokens.authorize': (token) => [token],
  'tokens.regenerate': (token) => [token],
  'tokens.refresh': (token) => [token],
  'devices.mint': ({ items }) => items,
  'deviceSets.mint': ({ items }) => items,
  'keys.generate': ({ token }) => [token],
  'snippets.run': ({ tokenId, shownOnce }) =>
    tokenId === undefined || shownOnce === undefined ? [] : [{ ...shownOnce, id: tokenId, persistence: 'hashed' }],
};

/** Wraps a host: gives `take` every token that a call issues, whoever made the call. */
export const captureIssuedTokens = (host: Host, take: (issued: readonly TakenToken[]) => void): Host => ({
  can: host.can,
  clipboard: host.clipboard,
  on: (listener) => host.on(listener),
  showMenu: (groups, run) => host.showMenu(groups, run),
  call(name, input, options) {
    const called = host.call(name, input, options);
    const issued = issuedIn[name];
    if (issued === undefined) return called;
    return called.then((output) => {
      take(issued(output));
      return output;
    });
  },
});
