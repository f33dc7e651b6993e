import type { RefusalCause } from '../../../../preload/contract/audit.ts';
import type { TokenState } from '../../../../preload/contract/values.ts';
import type { Client } from '../../clients/client.ts';
import { demandTenant } from '../../clients/clientRules.ts';
import { type Decided, decideAgainInTransaction, resolveDecision } from '../../decisions/decided.ts';
import type { OAuthError } from '../../decisions/oauthError.ts';
import { type RequestContext, refusal } from '../../decisions/refusal.ts';
import type { Ports } from '../../ports/ports.ts';
import type { AuthorizationCodeRow } from '../../ports/store/authorizationCodes.ts';
import { decideScopes } from '../../scopeRules.ts';
import type { TokenAnswer } from '../../tokens/insertion.ts';
import { decideIssue } from '../../tokens/issue.ts';
import { expiryThresholdMs, remainingMs } from '../../tokens/lifetime.ts';
import { isRevocable, revokeRows } from '../../tokens/retire.ts';
import { signInOf } from '../../tokens/signIn.ts';
import { displayName } from '../../usernames.ts';
import { expiredCodeValidityMs } from '../authorize/decideStep.ts';
import { verifierProblem } from '../authorize/pkce.ts';
import type { OAuthRequest } from '../oauth.ts';
import type { Grant } from './grant.ts';

type Outcome = Decided<TokenAnswer | OAuthError>;

/** One exchange: the request and its parts. */
interface Exchange {
  readonly ports: Ports;
  readonly context: RequestContext;
  readonly client: Client;
  readonly parameters: OAuthRequest['parameters'];
}

const dead = 'Expired or Revoked authorization code received from token request';

const invalidGrant = ({ context }: Exchange, description: string, cause: RefusalCause): OAuthError =>
  refusal(context, 400, 'invalid_grant', description, cause);

/** A refusal that also moves the code to another state. */
const retireCode = (
  { ports }: Exchange,
  { id }: AuthorizationCodeRow,
  state: Exclude<TokenState, 'ACTIVE'>,
  error: OAuthError,
): Outcome => ({
  kind: 'write',
  apply: () => {
    ports.store.authorizationCodes.retire(id, state, null);
    return error;
  },
});

/**
 * Refuses a code that was used, and revokes its token: the code may have been stolen.
 * https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2
 */
const refuseReplay = (exchange: Exchange, { tokenId }: AuthorizationCodeRow): Outcome => {
  const { ports } = exchange;
  const error = invalidGrant(exchange, 'Inactive authorization code received from token request', 'code_used');
  const token = tokenId === null ? undefined : ports.store.tokens.byId(tokenId);
  if (token === undefined || !isRevocable(token) || !ports.store.settings.read().replayRevokes) throw error;
  const apply = () => {
    revokeRows(ports, [token], 'retired_code_replayed');
    return error;
  };
  return { kind: 'write', apply };
};

/** What the request itself does wrong. The code does not survive it. */
const problemOf = (exchange: Exchange, row: AuthorizationCodeRow): OAuthError | undefined => {
  const { ports, client, parameters } = exchange;
  if (parameters.get('redirect_uri') !== row.redirectUri) {
    return invalidGrant(exchange, 'Callback url mismatch', 'redirect_uri_differs');
  }
  const verifier = parameters.get('code_verifier') || undefined;
  const problem = verifierProblem(client.keySet, row.challenge, verifier, {
    sha256: ports.sha256,
    ignoresSurplus: ports.store.settings.read().verifierWithoutChallenge === 'ignore',
  });
  return problem === undefined ? undefined : invalidGrant(exchange, problem, 'pkce_failed');
};

/** Issues the token of a good code, and remembers it with the code. */
const issue = (exchange: Exchange, row: AuthorizationCodeRow, code: string): Outcome => {
  const { ports, context, client } = exchange;
  const user = ports.store.users.byId(row.userId);
  // Codes of deleted users are revoked, and rows of users are never deleted.
  if (user === undefined) throw invalidGrant(exchange, dead, 'code_dead');
  demandTenant(ports, context, client, user.tenantDomain, displayName(user));
  const apply = (): TokenAnswer => {
    const answer = resolveDecision(
      decideIssue(ports, context, {
        client,
        user,
        userType: 'APPLICATION_USER',
        grantType: 'authorization_code',
        scopes: decideScopes(ports, client.application.id, row.scope, user.roles, false),
      }),
    );
    ports.store.authorizationCodes.retire(row.id, 'INACTIVE', answer.tokenId);
    // A reused token may have another sign-in, or none. Its refreshes tell the newest one.
    const refreshTokenId = ports.store.tokens.byId(answer.tokenId)?.refreshTokenId;
    if (refreshTokenId) ports.store.refreshTokens.noteSignIn(refreshTokenId, row);
    const signIn = signInOf(row);
    return { ...answer, signIn: signIn && { ...signIn, ...(row.nonce !== null && { nonce: row.nonce }), code } };
  };
  return { kind: 'write', apply };
};

const decideExchange = (exchange: Exchange): Outcome => {
  const { ports, context, client, parameters } = exchange;
  const code = parameters.get('code') ?? '';
  const row = ports.store.authorizationCodes.byValue(code);
  if (row === undefined || row.keySetId !== client.keySet.id) {
    const cause = row === undefined ? 'code_unknown' : 'code_of_another_client';
    throw invalidGrant(exchange, 'Invalid authorization code received from token request', cause);
  }
  if (row.validityMs === expiredCodeValidityMs) throw invalidGrant(exchange, dead, 'code_expired_on_purpose');
  if (row.state === 'INACTIVE') return refuseReplay(exchange, row);
  if (row.state !== 'ACTIVE') throw invalidGrant(exchange, dead, 'code_dead');
  if (remainingMs(ports, row, context.atMs) <= expiryThresholdMs) {
    return retireCode(exchange, row, 'EXPIRED', invalidGrant(exchange, dead, 'code_dead'));
  }
  const problem = problemOf(exchange, row);
  return problem === undefined ? issue(exchange, row, code) : retireCode(exchange, row, 'REVOKED', problem);
};

/**
 * Exchanges an authorization code (https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3; OpenID reference 4) for a user
 * token. The decision is repeated in the transaction, so of two exchanges at once exactly one succeeds. A refusal that
 * changes the code is an answer, because throwing would roll the change back.
 */
export const authorizationCode: Grant = {
  name: 'authorization_code',
  required: ['code', 'redirect_uri'],
  allowsPublicClients: true,
  decide: (ports, context, client, parameters) =>
    decideAgainInTransaction(() => decideExchange({ ports, context, client, parameters })),
};
