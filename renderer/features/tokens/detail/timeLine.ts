import type { Rule } from '../../../../preload/contract/audit.ts';
import type { OutputOf } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import type { Token } from '../../../../preload/contract/tokens.ts';
import { formatCount } from '../../../ui/facts/count.ts';
import { tokenState } from '../../../ui/facts/tokenState.ts';
import type { Tone } from '../../../ui/facts/tone.ts';
import { isOverdue } from '../tokenWords.ts';

export type Explained = OutputOf<MethodOf<'tokens.explain'>>;

/** A past or future event of a tuple. Token time. */
export interface TupleEvent {
  readonly key: string;
  readonly atMs: number;
  readonly isToCome: boolean;
  readonly tone: Tone;
  readonly title: string;
  /** The other token involved. */
  readonly other?: Token;
  /** A token that it names. */
  readonly otherId?: number | undefined;
  /** Whether it happened to the viewed token. */
  readonly own: boolean;
}

/** Each rule's effect in a few words. "Why this token?" has the sentences. */
const titles: Readonly<Record<Rule, string>> = {
  reused: 'Reused',
  issued_first: 'Issued',
  issued_after_expiry: 'Issued, as the previous one had expired',
  issued_refresh_token_dead: 'Issued, as the previous refresh token had expired',
  issued_never_expiring_renewed: 'Issued in place of one that never expires',
  issued_renew: 'Issued in place of the previous one',
  issued_multiple: 'Issued in addition to the others',
  issued_new_jwt: 'Issued as a new JWT',
  issued_format_changed: 'Issued in another format',
  issued_value_not_kept: 'Issued, as only a hash of the previous one is kept',
  issued_regenerated: 'Issued by Regenerate',
  refreshed: 'Issued by a refresh token',
  retired_expired: 'Expired: requested again after its expiry',
  retired_refreshed: 'Retired: its refresh token was used',
  retired_collided: 'Retired: a refresh narrowed to its scopes',
  retired_renewed: 'Retired: a new one took its place',
  retired_value_not_kept: 'Retired: requested again, and only its hash is kept',
  retired_format_changed: 'Revoked: the token format changed',
  retired_regenerated: 'Revoked by Regenerate',
  retired_revoked: 'Revoked',
  retired_user_deleted: 'Revoked: its user was deleted',
  retired_user_disabled: 'Revoked: its user was disabled',
  retired_password_changed: 'Revoked: the password was changed',
  retired_secret_regenerated: 'Revoked: the consumer secret was regenerated',
  retired_keys_revoked: 'Revoked: the key set was revoked',
  retired_code_replayed: 'Revoked: its authorization code was sent again',
  retired_consent_withdrawn: "Revoked: its user's consent was withdrawn",
  expiry_set: 'Its expiry was set by hand',
  refused_request: 'Refused',
  refused_client: 'Refused',
  refused_grant: 'Refused',
  refused_scope: 'Refused',
};

const endOf = ({ id, expiresAtMs }: Token, nowMs: number): TupleEvent[] =>
  expiresAtMs === null
    ? []
    : [
        {
          key: `expiry ${id}`,
          atMs: expiresAtMs,
          isToCome: expiresAtMs > nowMs,
          tone: expiresAtMs <= nowMs ? 'warn' : 'neutral',
          title: expiresAtMs <= nowMs ? 'Expired' : 'Expires',
          own: true,
        },
      ];

/** The history of a token and its tuple, newest first. A future expiry comes on top. */
export function eventsOf({ token, history, tuple }: Explained, nowMs: number): readonly TupleEvent[] {
  const own = history.map(
    ({ atMs, state, reason }, index): TupleEvent => ({
      key: `own ${index}`,
      atMs,
      isToCome: false,
      tone: reason.rule === 'expiry_set' ? 'info' : tokenState(state).tone,
      title: titles[reason.rule],
      otherId: reason.otherTokenId,
      own: true,
    }),
  );
  const reused: TupleEvent[] =
    token.lastReusedAtMs === undefined
      ? []
      : [
          {
            key: 'reused',
            atMs: token.lastReusedAtMs,
            isToCome: false,
            tone: 'accent',
            title: `Reused, ${token.reuseCount === 1 ? 'once' : `${formatCount(token.reuseCount)} times`} so far`,
            own: true,
          },
        ];
  const mates = tuple.map(
    (other): TupleEvent => ({
      key: `mate ${other.id}`,
      atMs: other.issuedAtMs,
      isToCome: false,
      tone: tokenState(other.state, isOverdue(other, nowMs)).tone,
      title: '',
      other,
      own: false,
    }),
  );
  const end = token.state === 'ACTIVE' || token.state === 'EXPIRED' ? endOf(token, nowMs) : [];
  const idOf = ({ other }: TupleEvent) => other?.id ?? token.id;
  // At the same instant, a replacement counts as newer. Events of one token keep their order.
  return [...mates, ...own, ...reused, ...end].reverse().sort((a, b) => b.atMs - a.atMs || idOf(b) - idOf(a));
}
