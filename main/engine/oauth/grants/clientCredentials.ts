import { ownerOf } from '../../clients/client.ts';
import { type RequestContext, refusal } from '../../decisions/refusal.ts';
import type { Ports } from '../../ports/ports.ts';
import { decideScopes } from '../../scopeRules.ts';
import { decideIssue } from '../../tokens/issue.ts';
import type { OAuthRequest } from '../oauth.ts';
import { type Grant, scopeParameter } from './grant.ts';

const longestSeconds = 31_536_000_000;

/** The requested lifetime (reference 2.5); undefined: the key set's. Rows 32-34. */
const validityParameter = (
  ports: Ports,
  context: RequestContext,
  parameters: OAuthRequest['parameters'],
): number | undefined => {
  const text = parameters.get('validity_period');
  if (!text) return undefined;
  const seconds = /^-?\d{1,11}$/.test(text) ? Number(text) : 0;
  if (seconds === 0 || Math.abs(seconds) > longestSeconds) {
    const rule = `validity_period is a whole number of seconds from 1 to ${longestSeconds}, or negative for a token that never expires.`;
    throw refusal(context, 400, 'invalid_request', rule);
  }
  return seconds === -1 && ports.store.settings.read().minusOneMeans === 'default' ? undefined : seconds;
};

/**
 * Client credentials (https://www.rfc-editor.org/rfc/rfc6749#section-4.4): an application token, which belongs to the
 * application's owner.
 */
export const clientCredentials: Grant = {
  name: 'client_credentials',
  required: [],
  allowsPublicClients: false,
  decide: (ports, context, client, parameters) => {
    const validitySeconds = validityParameter(ports, context, parameters);
    const { application } = client;
    const user = ownerOf(ports, application);
    return decideIssue(ports, context, {
      client,
      user,
      userType: 'APPLICATION',
      grantType: 'client_credentials',
      scopes: decideScopes(ports, application.id, scopeParameter(context, parameters), user.roles, true),
      validitySeconds,
    });
  },
};
