import type { RefusalCause } from '../../../../preload/contract/audit.ts';
import type { Client } from '../../clients/clientRules.ts';
import { type RequestContext, refusal } from '../../decisions/refusal.ts';
import type { Ports } from '../../ports/ports.ts';
import type { TokenRow, Tuple } from '../../ports/tokenStore.ts';
import type { UserRow } from '../../ports/userStore.ts';
import { splitScopes } from '../../scopeRules.ts';
import { type Candidate, describeCandidate, describeTuple, examine } from '../../tokens/candidate.ts';
import { type CarriedRefreshToken, insert } from '../../tokens/insertion.ts';
import { expiryThresholdMs, toValidityMs } from '../../tokens/lifetime.ts';
import type { Retiring } from '../../tokens/retire.ts';
import { type Decided, decideAgainInTransaction, type TokenAnswer } from '../oauth.ts';
import type { Grant } from './grant.ts';

/** Refreshing an access token (RFC 6749 section 6; reference 2.8). */
export const refreshToken: Grant = {
  name: 'refresh_token',
  required: ['refresh_token'],
  decide: (ports, context, client, parameters) =>
    decideRefresh(ports, context, client, parameters.get('refresh_token') ?? '', parameters.get('scope') ?? ''),
};

/** A refresh token as somebody holds it; by its id it need not be known itself. */
export type PresentedRefreshToken = string | { readonly id: number };

/** Decides a refresh; `scopeText` may narrow what was granted, empty keeps it. */
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
    // Where only its hash is kept, what came in is what can be handed back.
    const value = typeof presented === 'string' ? presented : ports.store.refreshTokens.reveal(refresh.row.id);
    const carried = { row: refresh.row, value };
    return { kind: 'write', apply: () => issueRefreshed(ports, context.atMs, client, user, candidate, carried, scope) };
  });

const invalidGrant = (context: RequestContext, description: string, cause?: RefusalCause) =>
  refusal(context, 400, 'invalid_grant', description, cause);

/** The newest row that carries the refresh token, if it may still be refreshed (reference 2.8, steps 1 to 3). */
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
  // Older EXPIRED rows outlive the revocation that a deletion or a disabling brings; they give no token all the same.
  const user = users.byId(row.userId);
  if (user === undefined || user.deletedAtMs !== null) {
    throw invalidGrant(context, 'Invalid refresh token state', 'user_deleted');
  }
  if (!user.enabled) throw invalidGrant(context, 'Invalid refresh token state', 'user_disabled');
  if (candidate.refresh === undefined) throw notFound('refresh_token_unknown');
  return { candidate, refresh: candidate.refresh, user };
};

const rememberedRows = 10;

/** Whether an EXPIRED row is among the last ten ACTIVE or EXPIRED ones of its tuple. */
export const isRemembered = (ports: Ports, row: TokenRow): boolean =>
  ports.store.tokens.liveOrExpiredOfTuple(row, rememberedRows).some(({ id }) => id === row.id);

/** Scopes may be left out, not added (row 28); roles are not asked again (row 45b). */
const narrow = (context: RequestContext, granted: string, scopeText: string): string => {
  const asked = splitScopes(scopeText);
  if (asked.length === 0) return granted;
  const all = granted.split(' ');
  if (asked.some((scope) => !all.includes(scope))) throw refusal(context, 400, 'invalid_scope', 'Invalid Scope!');
  return asked.join(' ');
};

const issueRefreshed = (
  ports: Ports,
  atMs: number,
  client: Client,
  user: UserRow,
  candidate: Candidate,
  refresh: CarriedRefreshToken,
  scope: string,
): TokenAnswer => {
  const { store } = ports;
  const { row } = candidate;
  const settings = store.settings.read();
  const tuple: Tuple = {
    keySetId: row.keySetId,
    userId: row.userId,
    userType: row.userType,
    scope,
    bindingRef: row.bindingRef,
  };
  const retiring: Retiring[] = [{ candidate, state: 'INACTIVE', rule: 'retired_refreshed' }];
  // Row 27: a live token where the new one belongs gives way, so that a refresh always issues.
  const standing = store.tokens.findActive(tuple);
  if (standing && standing.id !== row.id) {
    retiring.push({ candidate: examine(ports, standing, atMs), state: 'INACTIVE', rule: 'retired_collided' });
  }
  const deactivatedAccessToken = settings.revokeHeaders ? store.tokens.reveal(row.id) : undefined;
  const { keySet } = client;
  const answer = insert(ports, atMs, {
    tuple,
    grantType: 'refresh_token',
    validityMs: toValidityMs(keySet.userTokenValiditySeconds),
    refresh: settings.renewRefreshToken ? { newValidityMs: toValidityMs(keySet.refreshTokenValiditySeconds) } : refresh,
    retiring,
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
    neverExpiresIn: settings.refreshedNeverExpiresIn,
    ...(deactivatedAccessToken !== undefined && { deactivatedAccessToken }),
  };
};
