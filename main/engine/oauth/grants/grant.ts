import type { GrantType } from '../../../../preload/contract/values.ts';
import type { Client } from '../../clients/client.ts';
import type { Decided } from '../../decisions/decided.ts';
import type { OAuthError } from '../../decisions/oauthError.ts';
import type { RequestContext } from '../../decisions/refusal.ts';
import type { Ports } from '../../ports/ports.ts';
import { wellFormedScopes } from '../../scopeRules.ts';
import type { TokenAnswer } from '../../tokens/insertion.ts';
import type { OAuthRequest } from '../oauth.ts';

/** A grant of the token endpoint. */
export interface Grant {
  readonly name: GrantType;
  /** In the order of the text "Missing parameters: …" (reference 4.1). */
  readonly required: readonly string[];
  /** Whether a public client may use it without a secret. */
  readonly allowsPublicClients: boolean;
  /**
   * Checks the grant and its scopes, then issues. The client is authenticated and allowed to use the grant. A refusal that
   * is stored is an answer; other refusals are thrown.
   */
  decide(
    ports: Ports,
    context: RequestContext,
    client: Client,
    parameters: OAuthRequest['parameters'],
  ): Decided<TokenAnswer | OAuthError>;
}

/** The scope parameter, or an empty text. Throws `OAuthError` 400 invalid_scope for a malformed one. */
export const scopeParameter = (context: RequestContext, parameters: OAuthRequest['parameters']): string =>
  wellFormedScopes(context, parameters.get('scope') ?? '');
