import { type RequestContext, refusal } from '../../decisions/refusal.ts';
import type { Ports } from '../../ports/ports.ts';
import { describeCandidate, examine } from '../../tokens/candidate.ts';
import { subjectOf } from '../../tokens/format/subject.ts';
import { clientOfValid } from '../../tokens/lifetime.ts';
import type { UserinfoAnswer } from '../oauth.ts';
import { grantedClaims, hasScope } from './claims.ts';

/**
 * `/userinfo` (https://openid.net/specs/openid-connect-core-1_0.html#UserInfo; OpenID reference 9). An application token
 * answers with the application's owner.
 * @throws OAuthError 401 invalid_token, 403 insufficient_scope
 */
export const userinfo = (ports: Ports, context: RequestContext, accessToken: string): UserinfoAnswer => {
  const { tokens, users } = ports.store;
  const row = tokens.byValue(accessToken);
  if (row !== undefined) context.candidate = describeCandidate(examine(ports, row, context.atMs));
  const client = row && clientOfValid(ports, row);
  if (row === undefined || client === undefined) {
    throw refusal(context, 401, 'invalid_token', 'Access token validation failed');
  }
  context.client = client;
  if (!hasScope(row.scope, 'openid')) {
    throw refusal(context, 403, 'insufficient_scope', 'Access token does not have the openid scope');
  }
  const user = users.byId(row.userId);
  if (user === undefined || user.deletedAtMs !== null) {
    const text = 'Access token is not valid. No authorized user found. Invalid grant';
    throw refusal(context, 401, 'invalid_token', text, 'user_deleted');
  }
  return { tokenId: row.id, claims: { sub: subjectOf(ports, user), ...grantedClaims(ports, user, row.scope) } };
};
