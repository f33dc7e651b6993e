import type { Rule } from '../../../preload/contract/audit.ts';
import { duration } from '../../../preload/contract/durations.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import { type Client, livingClient } from '../clients/client.ts';
import type { Ports } from '../ports/ports.ts';
import type { HistoryRow, TokenRow } from '../ports/store/tokens.ts';
import { isGoodAt, signatureGoodUntilMs } from '../tokens/format/signature.ts';
import { expiryMs } from '../tokens/lifetime.ts';
import type { Counter } from './throttling/counters.ts';

/**
 * The reason as sentences for people, at this token time. The request log keeps it, so it must hold no request and no
 * token value.
 */
export type Why = (atMs: number) => string;

const keyTypeWords: Readonly<Record<KeyType, string>> = { PRODUCTION: 'Production', SANDBOX: 'Sandbox' };

/** Like `Shop (Sandbox)`. */
export const clientWords = ({ application, keySet }: Client): string =>
  `${application.name} (${keyTypeWords[keySet.keyType]})`;

const dayMs = 86_400_000;

/** Like `at 10:31:05 UTC`, with the date if it is another day than at `nowMs`. */
export const timeWords = ({ clock }: Ports, ms: number, nowMs: number): string => {
  const [date, time = ''] = clock.isoTime(ms).split('T');
  const at = `at ${time.slice(0, 8)} UTC`;
  return Math.floor(ms / dayMs) === Math.floor(nowMs / dayMs) ? at : `on ${date} ${at}`;
};

/** A moved clock is the likely cause of a surprising expiry. */
const clockWords = ({ store }: Ports): string => {
  const { clockOffsetSeconds } = store.settings.read();
  if (clockOffsetSeconds === 0) return '';
  return ` The clock is moved ${clockOffsetSeconds > 0 ? 'forward' : 'back'} by ${duration(clockOffsetSeconds)}.`;
};

type Retirement = Extract<Rule, `retired_${string}`>;

const retiredBecause: Readonly<Record<Retirement, string>> = {
  retired_expired: 'by the next token request',
  retired_refreshed: 'because its refresh token was used',
  retired_collided: 'because a refresh requested exactly its scopes',
  retired_renewed: 'because this key set gives each request a new token',
  retired_value_not_kept: 'because only its hash is stored',
  retired_format_changed: 'because the token format of its key set changed',
  retired_regenerated: 'by a regeneration',
  retired_revoked: 'by a revocation request',
  retired_user_deleted: 'because its user was deleted',
  retired_user_disabled: 'because its user was disabled',
  retired_password_changed: "because its user's password was changed",
  retired_secret_regenerated: 'because the consumer secret was regenerated',
  retired_keys_revoked: 'because its keys were revoked',
  retired_code_replayed: 'because its authorization code was sent again',
  retired_consent_withdrawn: "because its user's consent was withdrawn",
};

type Retired = HistoryRow & { readonly reason: { readonly rule: Retirement } };

const isRetirement = (row: HistoryRow): row is Retired => row.reason.rule in retiredBecause;

const stateWords = {
  ACTIVE: 'Retired',
  INACTIVE: 'Set to inactive',
  EXPIRED: 'Expired and retired',
  REVOKED: 'Revoked',
};

/**
 * Why a retired token is refused, like "Revoked at 10:31:05 UTC by a regeneration; token 17 replaced it." Reads the
 * history at the first call only.
 */
export const whyRetired = (ports: Ports, row: TokenRow): Why => {
  const { id, state } = row;
  let retired: Retired | undefined;
  let goodUntilMs: number | null | undefined;
  return (atMs) => {
    if (retired === undefined) {
      retired = ports.store.tokens.history(id).findLast(isRetirement);
      goodUntilMs = signatureGoodUntilMs(ports, row);
    }
    if (retired === undefined) return `Its state is ${state}.`;
    const { rule, otherTokenId } = retired.reason;
    const replaced = otherTokenId === undefined ? '' : `; token ${otherTokenId} replaced it`;
    const elsewhere = isGoodAt(goodUntilMs, atMs)
      ? ' It is a JWT, so a verifier that only checks its signature still accepts it.'
      : '';
    return `${stateWords[state]} ${timeWords(ports, retired.atMs, atMs)} ${retiredBecause[rule]}${replaced}.${elsewhere}`;
  };
};

/** Why an ACTIVE token is refused at this token time: it expired, or its client is gone. */
export const whyInvalid =
  (ports: Ports, row: TokenRow): Why =>
  (atMs) => {
    const expiry = expiryMs(row);
    if (expiry !== null && expiry <= atMs) {
      return `Expired ${duration(Math.max(1, (atMs - expiry) / 1000))} ago.${clockWords(ports)}`;
    }
    const keySet = ports.store.keySets.byId(row.keySetId);
    const client = livingClient(ports, keySet);
    if (client?.keySet.servedHere === false) return `The keys of ${clientWords(client)} are not served here.`;
    if (client !== undefined) return `The keys of ${clientWords(client)} are revoked. Regenerate their secret.`;
    const name = keySet && ports.store.applications.byId(keySet.applicationId)?.name;
    return name === undefined ? 'Its application was deleted.' : `The application ${name} was deleted.`;
  };

/** Why a value is not an access token. Does not repeat the value, which may be a secret. */
export const whyUnknown = (ports: Ports, value: string): string => {
  const { refreshTokens, keySets } = ports.store;
  const refresh = refreshTokens.byValue(value);
  if (refresh !== undefined) return `It is the refresh token of token ${refresh.tokenId}, not an access token.`;
  const client = livingClient(ports, keySets.byConsumerKey(value));
  if (client !== undefined) return `It is the consumer key of ${clientWords(client)}, not an access token.`;
  return 'Never issued here.';
};

/** Why the pipeline refused for a subscription. */
export const whyNotSubscribed = (
  application: string,
  api: string,
  subscription: { readonly state: string; readonly tier: string } | undefined,
): string =>
  subscription === undefined
    ? `The application ${application} has no subscription to ${api}.`
    : `The subscription of ${application} to ${api} (tier ${subscription.tier}) is ${subscription.state}.`;

/** Why an API has no backend for a request. */
export const whyNoBackend = (hasToken: boolean, keyType: KeyType): string => {
  const keys = keyTypeWords[keyType];
  const backend = `this API has no ${keys.toLowerCase()} backend`;
  return hasToken
    ? `It belongs to ${keys} keys, and ${backend}.`
    : `A request without a token counts as Production, and ${backend}.`;
};

/** Which quota is full, like "Quota of tier 10PerMin (application): 10 requests in 1 min. The next window starts at …". */
export const whyOverQuota = ({ quota, of }: Counter, next: string): string => {
  const { tier, level, limit, counts, lengthMs } = quota;
  return `Quota of tier ${tier} (${level}): ${limit} ${counts} in ${duration(lengthMs / 1000)} for ${of}. The next window starts ${next}.`;
};
