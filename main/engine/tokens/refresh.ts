import type { RefusalCause } from '../../../preload/contract/audit.ts';
import type { Client } from '../clients/client.ts';
import { type Decided, decideAgainInTransaction } from '../decisions/decided.ts';
import { type RequestContext, refusal } from '../decisions/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenRow, Tuple } from '../ports/store/tokens.ts';
import type { UserRow } from '../ports/store/users.ts';
import { splitScopes } from '../scopeRules.ts';
import { type Candidate, describeCandidate, describeTuple, examine } from './candidate.ts';
import { type CarriedRefreshToken, insert, type TokenAnswer } from './insertion.ts';
import { expiryThresholdMs, toValidityMs } from './lifetime.ts';
import type { Retiring } from './retire.ts';
import { signInOf } from './signIn.ts';

/** A refresh token by its value, or by its row id for a caller that does not know the value. */
export type PresentedRefreshToken = string | { readonly id: number };

/**
 * Decides a refresh (reference 2.8; https://www.rfc-editor.org/rfc/rfc6749#section-6). `scopeText` may narrow the
 * granted scopes; empty keeps them. The client is authenticated and allowed to refresh.
 * @throws OAuthError 400 invalid_grant, invalid_scope
 */
export const decideRefresh = (
  ports: Ports,
  context: RequestContext,
  client: Client,
  presented: PresentedRefreshToken,
  scopeText: string,
): Decided<TokenAnswer> =>
  decideAgainInTransaction(() => {
    const { candidate, refresh, user } = findRefreshable(ports, context, client, presented);
    const scope = narrow(context, candidate.row.scope, scopeText);
    if (refresh.remainingMs <= expiryThresholdMs) throw invalidGrant(context, 'Refresh token is expired.');
    // A hashed token cannot be revealed, but the presented value can be returned.
    const value = typeof presented === 'string' ? presented : ports.store.refreshTokens.reveal(refresh.row.id);
    const carried = { row: refresh.row, value };
    return { kind: 'write', apply: () => issueRefreshed(ports, context.atMs, client, user, candidate, carried, scope) };
  });

const invalidGrant = (context: RequestContext, description: string, cause?: RefusalCause) =>
  refusal(context, 400, 'invalid_grant', description, cause);

/** The newest row that carries the refresh token, if it can still be refreshed (reference 2.8, steps 1 to 3). */
const findRefreshable = (ports: Ports, context: RequestContext, client: Client, presented: PresentedRefreshToken) => {
  const { refreshTokens, tokens, users } = ports.store;
  const notFound = (cause: RefusalCause) => invalidGrant(context, 'Persisted access token data not found', cause);
  const carried = typeof presented === 'string' ? refreshTokens.byValue(presented) : refreshTokens.byId(presented.id);
  const row = carried && tokens.byId(carried.tokenId);
  if (row === undefined) throw notFound('refresh_token_unknown');
  if (row.keySetId !== client.keySet.id) throw notFound('refresh_token_of_another_client');

  const candidate = examine(ports, row, context.atMs);
  context.candidate = describeCandidate(candidate);
  if (row.state !== 'ACTIVE' && row.state !== 'EXPIRED') throw invalidGrant(context, 'Invalid refresh token state');
  if (row.state === 'EXPIRED' && !isRemembered(ports, row)) {
    throw invalidGrant(context, 'Invalid refresh token value in the request');
  }
  // Deleting or disabling a user revokes the newest row only, so older EXPIRED rows reach this check.
  const user = users.byId(row.userId);
  if (user === undefined || user.deletedAtMs !== null) {
    throw invalidGrant(context, 'Invalid refresh token state', 'user_deleted');
  }
  if (!user.enabled) throw invalidGrant(context, 'Invalid refresh token state', 'user_disabled');
  if (candidate.refresh === undefined) throw notFound('refresh_token_unknown');
  return { candidate, refresh: candidate.refresh, user };
};

const rememberedRows = 10;

/** Whether an EXPIRED row is among the last ten ACTIVE or EXPIRED rows of its tuple. Only these can be refreshed. */
export const isRemembered = (ports: Ports, row: TokenRow): boolean =>
  ports.store.tokens.liveOrExpiredOfTuple(row, rememberedRows).some(({ id }) => id === row.id);

/** A refresh may drop scopes, never add any (row 28). Roles are not checked again (row 45b). */
const narrow = (context: RequestContext, granted: string, scopeText: string): string => {
  const requested = splitScopes(scopeText);
  if (requested.length === 0) return granted;
  const all = granted.split(' ');
  if (requested.some((scope) => !all.includes(scope))) throw refusal(context, 400, 'invalid_scope', 'Invalid Scope!');
  return requested.join(' ');
};

/** The rows that the refreshed token replaces. */
const retiringBy = (ports: Ports, atMs: number, candidate: Candidate, tuple: Tuple): readonly Retiring[] => {
  const refreshed: Retiring = { candidate, state: 'INACTIVE', rule: 'retired_refreshed' };
  // Row 27: a live token with the narrowed tuple is retired as well, so that a refresh always issues.
  const collided = ports.store.tokens.findActive(tuple);
  return collided === undefined || collided.id === candidate.row.id
    ? [refreshed]
    : [refreshed, { candidate: examine(ports, collided, atMs), state: 'INACTIVE', rule: 'retired_collided' }];
};

const issueRefreshed = (
  ports: Ports,
  atMs: number,
  client: Client,
  user: UserRow,
  candidate: Candidate,
  carried: CarriedRefreshToken,
  scope: string,
): TokenAnswer => {
  const { keySet } = client;
  const { id, keySetId, userId, userType, bindingRef } = candidate.row;
  const settings = ports.store.settings.read();
  const tuple: Tuple = { keySetId, userId, userType, scope, bindingRef };
  const deactivatedAccessToken = settings.revokeHeaders ? ports.store.tokens.reveal(id) : undefined;
  const answer = insert(ports, atMs, {
    ...{ tuple, client, user },
    grantType: 'refresh_token',
    validityMs: toValidityMs(keySet.userTokenValiditySeconds),
    refresh: settings.renewRefreshToken
      ? { newValidityMs: toValidityMs(keySet.refreshTokenValiditySeconds), signIn: carried.row }
      : carried,
    retiring: retiringBy(ports, atMs, candidate, tuple),
    reason: {
      rule: 'refreshed',
      atMs,
      tuple: describeTuple(tuple, client, user),
      candidate: describeCandidate(candidate),
      refreshTokenKept: !settings.renewRefreshToken,
    },
  });
  return {
    ...answer,
    // The original sign-in: https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokenResponse
    signIn: signInOf(carried.row),
    neverExpiresIn: settings.refreshedNeverExpiresIn,
    ...(deactivatedAccessToken !== undefined && { deactivatedAccessToken }),
  };
};
