import { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { IssuedToken } from '../../../../preload/contract/tokens.ts';
import type { KeyType } from '../../../../preload/contract/values.ts';
import { type Client, ownerOf } from '../../clients/client.ts';
import { demandActive, demandGrant, demandTenant } from '../../clients/clientRules.ts';
import { resolveDecision } from '../../decisions/decided.ts';
import { OAuthError } from '../../decisions/oauthError.ts';
import { explain } from '../../decisions/reasons.ts';
import { type RequestContext, refusal, withContext } from '../../decisions/refusal.ts';
import type { Ports } from '../../ports/ports.ts';
import type { UserRow } from '../../ports/store/users.ts';
import { findClient, findUser } from '../../references.ts';
import { decideScopes, wellFormedScopes } from '../../scopeRules.ts';
import type { TokenAnswer } from '../../tokens/insertion.ts';
import { decideIssue, type IssueRequest, regenerate } from '../../tokens/issue.ts';
import { displayName } from '../../usernames.ts';

/** The token to issue: an application token, or with a username a user token. */
export interface Selection {
  readonly application: string;
  readonly keyType: KeyType;
  readonly username?: string | undefined;
  readonly scope: string;
}

/** The answer of an issue, in the form of the contract. */
export const asIssuedToken = ({ decision: { reason }, ...answer }: TokenAnswer): IssuedToken => ({
  id: answer.tokenId,
  accessToken: answer.accessToken,
  ...(answer.refreshToken !== undefined && { refreshToken: answer.refreshToken }),
  scope: answer.scope,
  tokenType: 'Bearer',
  expiresInSeconds: answer.expiresInSeconds,
  reused: reason.rule === 'reused',
  persistence: answer.persistence,
  reason,
  why: explain(reason),
});

/** Decides for the person at the window or command line. A refusal of the engine becomes a `KeyfobError` `refused`. */
export const forPerson = <T>(ports: Ports, decide: (context: RequestContext) => T): T => {
  try {
    return withContext(ports, decide);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    throw new KeyfobError(
      'refused',
      error.reason ? explain(error.reason) : error.message,
      { oauth: { error: error.error, errorDescription: error.message, status: error.status } },
      { cause: error },
    );
  }
};

/** The request of a client and user. Checks only the scopes. Throws `OAuthError`. */
export const requestFor = (
  ports: Ports,
  context: RequestContext,
  client: Client,
  user: UserRow | undefined,
  scopeText: string,
): IssueRequest => {
  const forApplication = user === undefined;
  const { application } = client;
  const bearer = user ?? ownerOf(ports, application);
  const text = wellFormedScopes(context, scopeText);
  return {
    client,
    user: bearer,
    userType: forApplication ? 'APPLICATION' : 'APPLICATION_USER',
    grantType: forApplication ? 'client_credentials' : 'password',
    scopes: decideScopes(ports, application.id, text, bearer.roles, forApplication),
  };
};

/** The request of a selection, with every check of the endpoint except the consumer secret and the password. */
const permittedRequest = (ports: Ports, context: RequestContext, selection: Selection): IssueRequest => {
  const client = findClient(ports, selection);
  context.client = client;
  const user = selection.username === undefined ? undefined : findUser(ports, selection.username, 'username');
  demandActive(context, client);
  demandGrant(context, client, user === undefined ? 'client_credentials' : 'password');
  if (user !== undefined) {
    demandTenant(ports, context, client, user.tenantDomain, displayName(user));
    if (!user.enabled) {
      const text = `Authentication failed for ${displayName(user)}`;
      throw refusal(context, 400, 'invalid_grant', text, 'user_disabled');
    }
  }
  return requestFor(ports, context, client, user, selection.scope);
};

/** Issues as the endpoint would, without a password; `again` regenerates. Must run in a transaction. */
export const issueForPerson = (
  ports: Ports,
  selection: Selection & { readonly validitySeconds?: number | undefined },
  again = false,
): IssuedToken => {
  const { validitySeconds } = selection;
  return forPerson(ports, (context) => {
    const request = { ...permittedRequest(ports, context, selection), validitySeconds };
    return asIssuedToken(
      again ? regenerate(ports, context, request) : resolveDecision(decideIssue(ports, context, request)),
    );
  });
};

/** The application token of newly generated keys, regardless of their grant types (reference 6.2). */
export const issueFirst = (
  ports: Ports,
  client: Client,
  scope: string,
  validitySeconds: number | undefined,
): IssuedToken =>
  forPerson(ports, (context) => {
    context.client = client;
    const request = { ...requestFor(ports, context, client, undefined, scope), validitySeconds };
    return asIssuedToken(resolveDecision(decideIssue(ports, context, request)));
  });
