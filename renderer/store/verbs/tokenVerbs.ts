import {
  Ban,
  CircleHelp,
  ClockAlert,
  Copy,
  Crosshair,
  Hourglass,
  QrCode,
  RefreshCw,
  RotateCcw,
  Send,
  Share2,
  SquareTerminal,
  TerminalSquare,
} from 'lucide-react';
import type { Token } from '../../../preload/contract/tokens.ts';
import { isLive } from '../topics/tokens/tokenFacts.ts';
import type { Verb } from './verb.ts';

/** What the verbs of a token do, in the place that offers them. */
export interface TokenVerbActions {
  /** The client of copied snippets: "curl". */
  readonly client: string;
  hasValue(token: Token): boolean;
  isOver(token: Token): boolean;
  copyToken(token: Token): void;
  copyCommand(token: Token): void;
  showCommand(token: Token): void;
  showQr(token: Token): void;
  callApi(token: Token): void;
  share(token: Token): void;
  use(token: Token): void;
  show(token: Token): void;
  mintAgain(token: Token): void;
  refresh(token: Token): unknown;
  expire(token: Token, inSeconds: number): void;
  askToRevoke(token: Token): void;
}

const isActive = ({ state }: Token): boolean => state === 'ACTIVE';
const canExpire = (token: Token, { isOver }: TokenVerbActions): boolean => isActive(token) && !isOver(token);

/** The actions on a token. */
export const tokenVerbs: readonly Verb<Token, TokenVerbActions>[] = [
  {
    id: 'copyToken',
    words: ['copy', 'token'],
    icon: Copy,
    label: () => 'Copy token',
    named: (name) => `Copy the token of ${name}`,
    group: 1,
    offered: (token, { hasValue }) => hasValue(token),
    run: (token, { copyToken }) => copyToken(token),
  },
  {
    id: 'copyCommand',
    words: ['copy', 'curl', 'snippet', 'command'],
    icon: TerminalSquare,
    label: (_, { client }) => `Copy ${client}`,
    named: (name, _, { client }) => `Copy ${client} for ${name}`,
    group: 1,
    run: (token, { copyCommand }) => copyCommand(token),
  },
  {
    id: 'showCommand',
    words: ['show', 'curl', 'snippet', 'command'],
    icon: SquareTerminal,
    label: (_, { client }) => `Show ${client}`,
    named: (name, _, { client }) => `Show ${client} for ${name}`,
    group: 1,
    run: (token, { showCommand }) => showCommand(token),
  },
  {
    id: 'qr',
    words: ['qr', 'scan', 'code'],
    icon: QrCode,
    label: () => 'QR code…',
    named: (name) => `QR code of ${name}…`,
    group: 1,
    offered: (token, { hasValue }) => isActive(token) && hasValue(token),
    run: (token, { showQr }) => showQr(token),
  },
  {
    id: 'callApi',
    words: ['run', 'call', 'send', 'try'],
    icon: Send,
    label: () => 'Call the API',
    named: (name) => `Run the API call of ${name}`,
    group: 2,
    run: (token, { callApi }) => callApi(token),
  },
  {
    id: 'share',
    words: ['share', 'hand', 'export', 'send'],
    icon: Share2,
    label: () => 'Share its call…',
    named: (name) => `Share the call of ${name}…`,
    group: 2,
    run: (token, { share }) => share(token),
  },
  {
    id: 'use',
    words: ['use', 'choose', 'pick'],
    icon: Crosshair,
    label: () => 'Use this',
    named: (name) => `Use ${name} in the context`,
    group: 2,
    run: (token, { use }) => use(token),
  },
  {
    id: 'why',
    words: ['why', 'explain', 'show', 'open'],
    icon: CircleHelp,
    label: () => 'Why this token?',
    named: (name) => `Why ${name}?`,
    group: 2,
    run: (token, { show }) => show(token),
  },
  {
    id: 'mintAgain',
    words: ['mint', 'again', 'issue', 'renew'],
    icon: RotateCcw,
    label: () => 'Mint again',
    named: (name) => `Mint ${name} again`,
    group: 3,
    offered: ({ device }) => device !== undefined,
    run: (token, { mintAgain }) => mintAgain(token),
  },
  {
    id: 'refresh',
    words: ['refresh', 'renew'],
    icon: RefreshCw,
    label: () => 'Refresh',
    named: (name) => `Refresh ${name}`,
    group: 3,
    offered: (token) => isLive(token) && token.grantType !== 'client_credentials',
    run: (token, { refresh }) => void refresh(token),
  },
  {
    id: 'expireSoon',
    words: ['expire', 'end', 'expiry'],
    icon: Hourglass,
    label: () => 'Expire in 10 s',
    named: (name) => `Expire ${name} in 10 s`,
    group: 4,
    offered: canExpire,
    run: (token, { expire }) => expire(token, 10),
  },
  {
    id: 'expireNow',
    words: ['expire', 'end', 'expiry'],
    icon: ClockAlert,
    label: () => 'Expire now',
    named: (name) => `Expire ${name} now`,
    group: 4,
    offered: canExpire,
    run: (token, { expire }) => expire(token, 0),
  },
  {
    id: 'revoke',
    words: ['revoke', 'delete', 'kill', 'remove'],
    icon: Ban,
    label: () => 'Revoke…',
    named: (name) => `Revoke ${name}…`,
    group: 4,
    danger: true,
    offered: isLive,
    run: (token, { askToRevoke }) => askToRevoke(token),
  },
];

/** Whose tokens a verb revokes. */
export type TokensOf = 'application' | 'user' | 'device';

interface RevokeAllActions {
  askToRevokeAll(of: TokensOf, token: Token): void;
}

const revokeAll = (
  of: TokensOf,
  words: (token: Token) => string,
  offered: (token: Token) => boolean,
): Verb<Token, RevokeAllActions> => ({
  id: `revokeAll ${of}`,
  words: ['revoke'],
  icon: Ban,
  label: (token) => `Revoke all of ${words(token)}…`,
  named: (_, token) => `Revoke all of ${words(token)}…`,
  group: 5,
  danger: true,
  offered,
  run: (token, { askToRevokeAll }) => askToRevokeAll(of, token),
});

/** The actions on all tokens of the same application, user or device. */
export const relatedTokenVerbs: readonly Verb<Token, RevokeAllActions>[] = [
  revokeAll(
    'application',
    ({ application, keyType }) => `${application}, ${keyType}`,
    () => true,
  ),
  revokeAll(
    'user',
    ({ user }) => user,
    () => true,
  ),
  revokeAll(
    'device',
    ({ device }) => `the device ${device}`,
    ({ device }) => device !== undefined,
  ),
];
