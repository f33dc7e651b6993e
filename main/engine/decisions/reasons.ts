import type { DroppedScope, Reason, RefusalCause } from '../../../preload/contract/audit.ts';
import { duration, exactDuration } from '../../../preload/contract/durations.ts';

/** Whether a token in a reason has been purged since. */
type IsPurged = (tokenId: number) => boolean;

/** Answers "Why this token?": the reason as sentences for people. */
export const explain = (reason: Reason, isPurged: IsPurged = () => false): string => {
  const dropped = reason.scopesDropped ?? [];
  const text = `${sentence(reason, isPurged)}${chosenLifetime(reason)}`;
  return dropped.length === 0 ? text : `${text} ${droppedSentence(dropped)}`;
};

const sentence = (reason: Reason, isPurged: IsPurged): string => {
  const { candidate, otherTokenId } = reason;
  const named = (tokenId: number) => (isPurged(tokenId) ? 'a token that was purged since' : `token ${tokenId}`);
  const token = candidate ? named(candidate.tokenId) : 'the previous token';
  const next = otherTokenId === undefined ? 'A new token' : capital(named(otherTokenId));
  switch (reason.rule) {
    case 'reused':
      return `Reused: ${token} for ${tupleText(reason)} is still live, with ${left(reason)}.`;
    case 'issued_first':
      return `New: there was no live token for ${tupleText(reason)}.`;
    case 'issued_after_expiry':
      return `New: ${token} for ${tupleText(reason)} ${expired(reason)}.${kept(reason)}`;
    case 'issued_refresh_token_dead':
      return `New: ${token} for ${tupleText(reason)} had ${left(reason)}, but its refresh token had expired. A user token is reused only with a working refresh token.`;
    case 'issued_never_expiring_renewed':
      return `New: ${token} for ${tupleText(reason)} never expires, but infiniteUserTokenReuse is off, so each request gets a new token.${kept(reason)}`;
    case 'issued_renew':
      return `New: this key set renews tokens. Each request for ${tupleText(reason)} gets a new token, and ${token} was revoked.${kept(reason)}`;
    case 'issued_multiple':
      return `New: this key set allows several live tokens, so each request for ${tupleText(reason)} gets its own token.`;
    case 'issued_new_jwt':
      return `New: API Manager never returns a JWT again, so each request for ${tupleText(reason)} gets a new one. It replaced ${token}, which had ${left(reason)}.${kept(reason)}`;
    case 'issued_format_changed':
      return `New: the token format of this key set changed since ${token} was issued for ${tupleText(reason)}.${kept(reason)}`;
    case 'issued_value_not_kept':
      return `New: only a hash of ${token} is stored, so it cannot be returned again for ${tupleText(reason)}. It had ${left(reason)}.`;
    case 'issued_regenerated':
      return reason.candidate
        ? `New: regenerated for ${tupleText(reason)}, and ${token} was revoked.`
        : `New: regenerated for ${tupleText(reason)}; there was no live token to revoke.`;
    case 'refreshed':
      return `New: refreshed with the refresh token of ${token}, for ${tupleText(reason)}.${kept(reason)}`;
    case 'retired_expired':
      return `Expired: it had ${left(reason)}${refreshLeft(reason)} at the next request. ${next} replaced it.`;
    case 'retired_refreshed':
      return `Inactive: its refresh token was used. ${next} replaced it.`;
    case 'retired_collided':
      return `Inactive: a refresh was narrowed to exactly its scopes. ${next} replaced it.`;
    case 'retired_renewed':
      return `Retired with ${left(reason)}, because each request gets a new token here. ${next} replaced it.`;
    case 'retired_value_not_kept':
      return `Inactive: only its hash is stored, so the next request got a new token. ${next} replaced it.`;
    case 'retired_format_changed':
      return `Revoked: the token format of its key set changed. ${next} replaced it.`;
    case 'retired_regenerated':
      return `Revoked: it was regenerated. ${next} replaced it.`;
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
    case 'retired_code_replayed':
      return 'Revoked: the authorization code that it was issued for was sent again.';
    case 'retired_consent_withdrawn':
      return "Revoked: its user's consent was withdrawn.";
    case 'expiry_set':
      return `Its expiry was set by hand. Before, it had ${left(reason)}.`;
    case 'refused_request':
    case 'refused_client':
    case 'refused_grant':
    case 'refused_scope':
      return refusalSentence(reason);
  }
};

const chosenLifetime = ({ rule, chosenValiditySeconds: seconds }: Reason): string => {
  if (seconds === undefined) return '';
  const lifetime = seconds < 0 ? 'no expiry' : `a lifetime of ${exactDuration(seconds)}`;
  return rule === 'reused'
    ? ` The request chose ${lifetime}, but a reused token keeps its own expiry.`
    : ` The request chose ${lifetime}.`;
};

const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

const tupleText = ({ tuple }: Reason): string => {
  if (tuple === undefined) return 'this request';
  const bearer = tuple.userType === 'APPLICATION' ? `the application (owner ${tuple.user})` : `user ${tuple.user}`;
  return `${bearer} with the scopes "${tuple.scope}"`;
};

// A fraction of the last seconds can decide whether a token counts as expired, so show it there only.
const length = (seconds: number): string =>
  Math.abs(seconds) < 10 ? `${Math.round(Math.abs(seconds) * 10) / 10} s` : duration(seconds);

const timeLeft = (seconds: number): string =>
  seconds > 0 ? `${length(seconds)} left` : `no time left (expired ${length(seconds)} ago)`;

const expired = (reason: Reason): string => {
  const secondsLeft = reason.candidate?.secondsLeft ?? 1;
  return secondsLeft > 0
    ? `had ${left(reason)}, and with one second or less it counts as expired`
    : `expired ${length(secondsLeft)} ago`;
};

const left = ({ candidate }: Reason): string => {
  if (candidate === undefined) return 'an unknown time left';
  return candidate.secondsLeft === null ? 'no expiry' : timeLeft(candidate.secondsLeft);
};

const refreshLeft = ({ candidate }: Reason): string =>
  candidate?.refreshSecondsLeft === undefined || candidate.refreshSecondsLeft === null
    ? ''
    : `, and its refresh token had ${timeLeft(candidate.refreshSecondsLeft)},`;

const kept = ({ refreshTokenKept }: Reason): string =>
  refreshTokenKept ? ' The refresh token and its expiry stay the same.' : '';

const refusalSentence = ({ error, errorDescription, cause, useInstead, candidate }: Reason): string => {
  const about = candidate ? ` The request was about token ${candidate.tokenId}, which was ${candidate.state}.` : '';
  const because = cause ? ` ${causes[cause]}` : '';
  const instead = useInstead
    ? ` The part after the @ is a tenant. If the whole address is the user's name, create and use ${useInstead}, or turn on the setting emailUsernames.`
    : '';
  const description = errorDescription?.endsWith('.') ? `"${errorDescription}"` : `"${errorDescription ?? ''}".`;
  return `Refused with ${error ?? 'an error'}: ${description}${because}${instead}${about}`;
};

const causes: Readonly<Record<RefusalCause, string>> = {
  no_credentials: 'The request had no consumer key and secret.',
  client_unknown: 'No key set has this consumer key.',
  application_deleted: 'The application of this consumer key is deleted.',
  not_served_here: 'These keys belong to another server, and are not served here. Turn on "Also serve here" for them.',
  keys_revoked: 'The key set is revoked until its secret is regenerated.',
  secret_wrong: 'Wrong consumer secret.',
  grant_not_allowed: 'The key set does not allow this grant type. Add it to the key set.',
  user_unknown: 'This user does not exist.',
  user_deleted: 'The user of this token was deleted.',
  user_of_another_tenant: "An application serves only users of its owner's tenant.",
  user_disabled: 'The user is disabled.',
  password_unset: 'The user has no password yet.',
  password_wrong: 'Wrong password.',
  refresh_token_unknown: 'No token has this refresh token.',
  refresh_token_of_another_client: 'The refresh token belongs to another consumer key.',
  token_of_another_client: 'The token belongs to another consumer key.',
  code_unknown: 'No authorization code has this value.',
  code_of_another_client: 'The authorization code was issued to another consumer key.',
  code_used: 'An authorization code works once, and this one was used before.',
  code_dead:
    'The authorization code expired, an earlier exchange failed, or its user or key set was changed. Start again at /authorize.',
  code_expired_on_purpose:
    'The authorization code was issued expired, because the user chose that on the consent page. Start again at /authorize.',
  redirect_uri_differs: 'Send exactly the redirect_uri of the authorization request.',
  pkce_failed: 'The code_verifier does not fit the code_challenge of the authorization request.',
};

const droppedBecause: Readonly<Record<DroppedScope['why'], string>> = {
  unknown: 'not defined',
  role_missing: 'needs a role that the user lacks',
  no_roles: 'needs a role, and the user has none',
  no_id_token: 'requests an ID token, which application tokens have only with the setting idTokenForClientCredentials',
  not_subscribed: 'belongs to an API that the application does not subscribe to',
};

/** Names the scopes that a token does not get, and why. */
export const droppedSentence = (dropped: readonly DroppedScope[]): string =>
  `Scopes not granted: ${dropped.map(({ scope, why }) => `${scope} (${droppedBecause[why]})`).join(', ')}.`;
