import type { DroppedScope, Reason, RefusalCause } from '../../../preload/contract/audit.ts';
import { duration } from '../../../preload/contract/durations.ts';

/** Whether a token that a reason names was purged since. */
type IsPurged = (tokenId: number) => boolean;

/** "Why this token?": the reason as sentences for people. */
export const explain = (reason: Reason, isPurged: IsPurged = () => false): string => {
  const dropped = reason.scopesDropped ?? [];
  const said = sentence(reason, isPurged);
  return dropped.length === 0 ? said : `${said} ${droppedSentence(dropped)}`;
};

const sentence = (reason: Reason, isPurged: IsPurged): string => {
  const { candidate, otherTokenId } = reason;
  const named = (tokenId: number) => (isPurged(tokenId) ? 'a token that was purged since' : `token ${tokenId}`);
  const token = candidate ? named(candidate.tokenId) : 'the token before';
  const next = otherTokenId === undefined ? 'A new token' : capital(named(otherTokenId));
  switch (reason.rule) {
    case 'reused':
      return `Handed out again: ${token} is live for ${tupleWords(reason)}, with ${left(reason)}.`;
    case 'issued_first':
      return `New: there was no live token for ${tupleWords(reason)}.`;
    case 'issued_after_expiry':
      return `New: ${token} for ${tupleWords(reason)} had ${left(reason)}, and with a second or less it counts as run out.${kept(reason)}`;
    case 'issued_refresh_token_dead':
      return `New: ${token} for ${tupleWords(reason)} had ${left(reason)}, but its refresh token had run out, and a user token is not handed out again without one.`;
    case 'issued_never_expiring_renewed':
      return `New: ${token} for ${tupleWords(reason)} never expires, but infiniteUserTokenReuse is off, so each request gets a new one.${kept(reason)}`;
    case 'issued_renew':
      return `New: this key set renews, so each request for ${tupleWords(reason)} gets a new token, and ${token} was revoked.${kept(reason)}`;
    case 'issued_multiple':
      return `New: this key set lets several tokens live at once, so each request for ${tupleWords(reason)} gets one of its own.`;
    case 'issued_value_not_kept':
      return `New: only a hash of ${token} is kept, so that it cannot be handed out again for ${tupleWords(reason)}; it had ${left(reason)}.`;
    case 'issued_regenerated':
      return reason.candidate
        ? `New: regenerated for ${tupleWords(reason)}, and ${token} was revoked.`
        : `New: regenerated for ${tupleWords(reason)}; there was no live token to revoke.`;
    case 'refreshed':
      return `New: the refresh token of ${token} was used for ${tupleWords(reason)}.${kept(reason)}`;
    case 'retired_expired':
      return `Expired: with ${left(reason)}${refreshLeft(reason)} when it was asked for again. ${next} took its place.`;
    case 'retired_refreshed':
      return `Inactive: its refresh token was used. ${next} took its place.`;
    case 'retired_collided':
      return `Inactive: a refresh narrowed to its very scopes. ${next} took its place.`;
    case 'retired_renewed':
      return `Retired with ${left(reason)}, because each request gets a new token here. ${next} took its place.`;
    case 'retired_value_not_kept':
      return `Inactive: it was asked for again, and only a hash of it is kept. ${next} took its place.`;
    case 'retired_regenerated':
      return `Revoked: a person regenerated it. ${next} took its place.`;
    case 'retired_revoked':
      return `Revoked on request, with ${left(reason)}.`;
    case 'retired_user_deleted':
      return 'Revoked: its user was deleted.';
    case 'retired_user_disabled':
      return 'Revoked: its user was disabled.';
    case 'retired_password_changed':
      return "Revoked: its user's password was changed.";
    case 'retired_secret_regenerated':
      return 'Revoked: the consumer secret of its key set was regenerated.';
    case 'retired_keys_revoked':
      return 'Revoked: its key set was revoked.';
    case 'end_set':
      return `Its end was set by hand; before that it had ${left(reason)}.`;
    case 'refused_request':
    case 'refused_client':
    case 'refused_grant':
    case 'refused_scope':
      return refusalSentence(reason);
  }
};

const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

const tupleWords = ({ tuple }: Reason): string => {
  if (tuple === undefined) return 'this request';
  const bearer = tuple.userType === 'APPLICATION' ? `the application (owner ${tuple.user})` : `user ${tuple.user}`;
  return `${bearer} with the scopes "${tuple.scope}"`;
};

const seconds = (amount: number): string => {
  // Whether a token counts as expired turns on its last seconds, so fractions show only there.
  const length = Math.abs(amount) < 10 ? `${Math.round(Math.abs(amount) * 10) / 10} s` : duration(amount);
  return amount > 0 ? `${length} left` : `nothing left (${length} overdue)`;
};

const left = ({ candidate }: Reason): string => {
  if (candidate === undefined) return 'an unknown time left';
  return candidate.secondsLeft === null ? 'no end' : seconds(candidate.secondsLeft);
};

const refreshLeft = ({ candidate }: Reason): string =>
  candidate?.refreshSecondsLeft === undefined || candidate.refreshSecondsLeft === null
    ? ''
    : `, and its refresh token with ${seconds(candidate.refreshSecondsLeft)},`;

const kept = ({ refreshTokenKept }: Reason): string =>
  refreshTokenKept ? ' The refresh token stays the same, and ends when it always would have.' : '';

const refusalSentence = ({ error, errorDescription, cause, useInstead, candidate }: Reason): string => {
  const about = candidate ? ` It is about token ${candidate.tokenId}, which was ${candidate.state}.` : '';
  const because = cause ? ` ${causes[cause]}` : '';
  const instead = useInstead
    ? ` The part after the @ is a tenant. If the whole address is the user's name, create and use ${useInstead}, or turn on the setting emailUsernames.`
    : '';
  const said = errorDescription?.endsWith('.') ? `"${errorDescription}"` : `"${errorDescription ?? ''}".`;
  return `Refused with ${error ?? 'an error'}: ${said}${because}${instead}${about}`;
};

const causes: Readonly<Record<RefusalCause, string>> = {
  no_credentials: 'The request had no consumer key and secret.',
  client_unknown: 'No key set has this consumer key.',
  application_deleted: 'The application of this consumer key is deleted.',
  keys_revoked: 'The key set is revoked until its secret is regenerated.',
  secret_wrong: 'The consumer secret is another one.',
  grant_not_allowed: 'The key set does not have this grant type; add it to allow it.',
  user_unknown: 'There is no such user.',
  user_deleted: 'The user of this token was deleted.',
  user_of_another_tenant: "An application serves users of its owner's tenant only.",
  user_disabled: 'The user is disabled.',
  password_unset: 'The user has no password yet.',
  password_wrong: 'The password is wrong.',
  refresh_token_unknown: 'No token has this refresh token.',
  refresh_token_of_another_client: 'The refresh token belongs to another consumer key.',
  token_of_another_client: 'The token belongs to another consumer key.',
};

const droppedBecause: Readonly<Record<DroppedScope['why'], string>> = {
  unknown: 'not defined',
  role_missing: 'needs a role that the user lacks',
  no_roles: 'needs a role, and the user has none',
  no_id_token: 'asks for an ID token, and none is issued yet',
};

const droppedSentence = (dropped: readonly DroppedScope[]): string =>
  `Scopes not granted: ${dropped.map(({ scope, why }) => `${scope} (${droppedBecause[why]})`).join(', ')}.`;
