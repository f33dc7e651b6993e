import type { RefusalCause } from '../../../../preload/contract/audit.ts';
import type { Client } from '../../clients/client.ts';
import { demandTenant } from '../../clients/clientRules.ts';
import { type RequestContext, refusal } from '../../decisions/refusal.ts';
import type { Ports } from '../../ports/ports.ts';
import type { UserRow } from '../../ports/store/users.ts';
import { decideScopes } from '../../scopeRules.ts';
import { decideIssue } from '../../tokens/issue.ts';
import { failedName, parseUsername } from '../../usernames.ts';
import { type Grant, scopeParameter } from './grant.ts';

/** Resource owner password credentials (https://www.rfc-editor.org/rfc/rfc6749#section-4.3): a user token. */
export const password: Grant = {
  name: 'password',
  required: ['password', 'username'],
  allowsPublicClients: true,
  decide: (ports, context, client, parameters) => {
    const user = authenticateUser(
      ports,
      context,
      client,
      parameters.get('username') ?? '',
      parameters.get('password') ?? '',
    );
    return decideIssue(ports, context, {
      client,
      user,
      userType: 'APPLICATION_USER',
      grantType: 'password',
      scopes: decideScopes(ports, client.application.id, scopeParameter(context, parameters), user.roles, false),
    });
  },
};

const authenticateUser = (
  ports: Ports,
  context: RequestContext,
  client: Client,
  username: string,
  secret: string,
): UserRow => {
  const { name, userStore, tenantDomain } = parseUsername(username, ports.store.settings.read().emailUsernames);
  demandTenant(ports, context, client, tenantDomain, username);
  const user = ports.store.users.byName(name, userStore, tenantDomain);
  const failed = (cause: RefusalCause) =>
    refusal(context, 400, 'invalid_grant', `Authentication failed for ${failedName(username)}`, cause);
  if (user === undefined) throw failed('user_unknown');
  if (!user.enabled) throw failed('user_disabled');
  if (!user.hasPassword) throw failed('password_unset');
  if (!ports.store.users.passwordMatches(user.id, secret)) throw failed('password_wrong');
  return user;
};
