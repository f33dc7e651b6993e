import type { GrantType } from '../../../../preload/contract/values.ts';
import type { Client } from '../../clients/clientRules.ts';
import { type RequestContext, refusal } from '../../decisions/refusal.ts';
import type { Ports } from '../../ports/ports.ts';
import { isScopeText } from '../../scopeRules.ts';
import type { Decided, OAuthRequest, TokenAnswer } from '../oauth.ts';

/** A grant of the token endpoint. */
export interface Grant {
  readonly name: GrantType;
  /** In the order of the text "Missing parameters: …" (reference 4.1). */
  readonly required: readonly string[];
  /** Validates the grant and its scopes, then issues. The client is authenticated and may use the grant. */
  decide(
    ports: Ports,
    context: RequestContext,
    client: Client,
    parameters: OAuthRequest['parameters'],
  ): Decided<TokenAnswer>;
}

/** A scope parameter, empty when there is none. Throws OAuthError 400 invalid_scope when it is malformed. */
export const scopeParameter = (context: RequestContext, parameters: OAuthRequest['parameters']): string =>
  wellFormedScopes(context, parameters.get('scope') ?? '');

/** The text as it is. Throws OAuthError 400 invalid_scope when it is malformed. */
export const wellFormedScopes = (context: RequestContext, text: string): string => {
  if (isScopeText(text)) return text;
  throw refusal(
    context,
    400,
    'invalid_scope',
    'Scopes are separated by blanks; each has at most 60 printable ASCII characters without quotes and backslashes, together at most 2048.',
  );
};
