import { Ban, CircleHelp, Copy, Hourglass, RefreshCw, TerminalSquare } from 'lucide-react';
import type { Token } from '../../../preload/contract/tokens.ts';
import type { TokenActions } from '../../store/hooks/topics/useTokenActions.ts';
import { isLive } from '../../ui/facts/tokenState.ts';
import type { PaletteEntry } from './entry.ts';

/** An action on a token, as people type it: "expire ipad". */
interface TokenVerb {
  /** The typed words, in lower case. */
  readonly words: readonly string[];
  readonly icon: PaletteEntry['icon'];
  readonly label: (name: string, client: string) => string;
  readonly offered: (token: Token) => boolean;
  readonly run: (token: Token, actions: TokenActions, askToRevoke: (token: Token) => void) => void;
}

const isActive = ({ state }: Token) => state === 'ACTIVE';
const always = () => true;

const verbs: readonly TokenVerb[] = [
  {
    words: ['expire', 'end'],
    icon: Hourglass,
    label: (name) => `Expire ${name} in 10 s`,
    offered: isActive,
    run: (token, { expire }) => expire(token, 10),
  },
  {
    words: ['expire', 'end'],
    icon: Hourglass,
    label: (name) => `Expire ${name} now`,
    offered: isActive,
    run: (token, { expire }) => expire(token, 0),
  },
  {
    words: ['revoke', 'delete', 'kill'],
    icon: Ban,
    label: (name) => `Revoke ${name}…`,
    offered: isLive,
    run: (token, _, askToRevoke) => askToRevoke(token),
  },
  {
    words: ['copy', 'token'],
    icon: Copy,
    label: (name) => `Copy the token of ${name}`,
    offered: ({ persistence }) => persistence === 'encrypted',
    run: (token, { copyToken }) => copyToken(token),
  },
  {
    words: ['copy', 'curl', 'snippet', 'command'],
    icon: TerminalSquare,
    label: (name, client) => `Copy ${client} for ${name}`,
    offered: always,
    run: (token, { copyCommand }) => copyCommand(token),
  },
  {
    words: ['refresh', 'renew'],
    icon: RefreshCw,
    label: (name) => `Refresh ${name}`,
    offered: (token) => isLive(token) && token.grantType !== 'client_credentials',
    run: (token, { refresh }) => void refresh(token),
  },
  {
    words: ['why', 'explain', 'show', 'open'],
    icon: CircleHelp,
    label: (name) => `Why ${name}?`,
    offered: always,
    run: (token, { show }) => show(token),
  },
];

/** Words around a name: "copy curl for ipad", "expire ipad now". */
const before = /^(?:(?:the|tokens?|curl|httpie|python|node|java|c#|go|php|of|for)\s+)+/i;
const after = /\s+(?:now|in\s.*)$/i;

/** The verbs of a typed text, and the words that name the token; `undefined` without a verb. */
export function readVerb(typed: string): { readonly verbs: readonly TokenVerb[]; readonly text: string } | undefined {
  const [, word = '', rest = ''] = /^(\p{L}+)\s+(\S.*)$/u.exec(typed) ?? [];
  const named = verbs.filter(({ words }) => words.includes(word.toLowerCase()));
  return named.length === 0 ? undefined : { verbs: named, text: rest.replace(before, '').replace(after, '') };
}

const nameOf = ({ device, id }: Token): string => device ?? `token ${id}`;

/** Each offered verb on a token, as entries. `client` names the client of copied snippets. */
export const verbEntries = (
  named: readonly TokenVerb[],
  token: Token,
  actions: TokenActions,
  askToRevoke: (token: Token) => void,
  client: string,
): readonly PaletteEntry[] =>
  named
    .filter(({ offered }) => offered(token))
    .map(({ icon, label, run }) => ({
      id: `${label('', client)} token ${token.id}`,
      label: label(nameOf(token), client),
      detail: `${token.application} · ${token.user}`,
      icon,
      found: true,
      run: () => run(token, actions, askToRevoke),
    }));
