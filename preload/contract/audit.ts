import { z } from 'zod';
import { read } from './define.ts';
import { id, keyType, pageLimit, timeMs, tokenState, userType } from './values.ts';

/**
 * The rule of the token engine that decided. `issued_*`, `refreshed` and `retired_*` are stored with the changed row.
 * `reused` and `refused_*` change nothing, and stay in a bounded ring in memory. Rows store the position of a rule in this
 * list, so a new one goes to the end.
 */
export const rule = z.enum([
  'reused',
  'issued_first',
  'issued_after_expiry',
  'issued_refresh_token_dead',
  'issued_never_expiring_renewed',
  'issued_renew',
  'issued_multiple',
  'issued_new_jwt',
  'issued_format_changed',
  'issued_value_not_kept',
  'issued_regenerated',
  'refreshed',
  'retired_expired',
  'retired_refreshed',
  'retired_collided',
  'retired_renewed',
  'retired_regenerated',
  'retired_value_not_kept',
  'retired_format_changed',
  'retired_revoked',
  'retired_user_deleted',
  'retired_user_disabled',
  'retired_password_changed',
  'retired_secret_regenerated',
  'retired_keys_revoked',
  'retired_code_replayed',
  'retired_consent_withdrawn',
  'expiry_set',
  'refused_request',
  'refused_client',
  'refused_grant',
  'refused_scope',
]);
export type Rule = z.output<typeof rule>;

export const droppedScope = z.strictObject({
  scope: z.string(),
  why: z.enum(['unknown', 'role_missing', 'no_roles', 'no_id_token', 'not_subscribed']),
});
export type DroppedScope = z.output<typeof droppedScope>;

/** The true cause of a refusal, which the wire may hide. */
export const refusalCause = z.enum([
  'no_credentials',
  'client_unknown',
  'application_deleted',
  'not_served_here',
  'keys_revoked',
  'secret_wrong',
  'grant_not_allowed',
  'user_unknown',
  'user_deleted',
  'user_of_another_tenant',
  'user_disabled',
  'password_unset',
  'password_wrong',
  'refresh_token_unknown',
  'refresh_token_of_another_client',
  'token_of_another_client',
  'code_unknown',
  'code_of_another_client',
  'code_used',
  'code_dead',
  'code_expired_on_purpose',
  'redirect_uri_differs',
  'pkce_failed',
]);
export type RefusalCause = z.output<typeof refusalCause>;

/** "Why this token?": the decision as data. */
export const reason = z.strictObject({
  rule,
  /** Token time of the decision. */
  atMs: timeMs,
  /** The tuple of the request; absent when the request failed before it was known. */
  tuple: z
    .strictObject({ consumerKey: z.string(), user: z.string(), userType, scope: z.string(), bindingRef: z.string() })
    .optional(),
  /** The existing row that the decision was about, before the decision. `null` seconds: never expires. */
  candidate: z
    .strictObject({
      tokenId: id,
      state: tokenState,
      secondsLeft: z.number().nullable(),
      refreshSecondsLeft: z.number().nullable().optional(),
    })
    .optional(),
  /** At most the first 50. */
  scopesDropped: z.array(droppedScope).optional(),
  /** The lifetime that the request chose; negative: never expires. A reused token keeps its own expiry. */
  chosenValiditySeconds: z.int().optional(),
  /** Whether the new row took over the candidate's refresh token (reference 2.6). */
  refreshTokenKept: z.boolean().optional(),
  /** The token that replaced this one, or that this one replaced. */
  otherTokenId: id.optional(),
  /** The wire's answer to a refused request. */
  error: z.string().optional(),
  errorDescription: z.string().optional(),
  cause: refusalCause.optional(),
  /** The user name that a refused request probably intended. */
  useInstead: z.string().optional(),
});
export type Reason = z.output<typeof reason>;

export const decision = z.strictObject({
  sequence: id,
  atMs: timeMs,
  application: z.string().optional(),
  keyType: keyType.optional(),
  tokenId: id.optional(),
  reason,
  /** The reason as sentences for people. */
  text: z.string(),
});
export type Decision = z.output<typeof decision>;

export const audit = {
  list: read(
    'List reused tokens and refused requests, newest first',
    z.strictObject({ limit: pageLimit, refusalsOnly: z.boolean().describe('refused requests only').default(false) }),
    z.strictObject({ items: z.array(decision) }),
  ),
};
