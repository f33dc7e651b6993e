import type { GatewayDecision } from '../../engine/gateway/gateway.ts';

export type Admitted = Extract<GatewayDecision, { readonly kind: 'admitted' }>;

/** How the header with the token reaches the backend: `undefined` means that it is removed. */
export interface CredentialsRule {
  /** In lower case. */
  readonly header: string;
  readonly value: string | undefined;
}

/**
 * Gives the rule for the header with the token: removed with the rest of its parts kept, or `undefined` if it stays as
 * sent (gateway reference 10). A resource without security drops the header too.
 */
export const credentialsRule = (
  { credentials, api }: Pick<Admitted, 'credentials' | 'api'>,
  settings: { readonly removeOAuthHeaders: boolean; readonly authorizationHeader: string },
): CredentialsRule | undefined => {
  if (!settings.removeOAuthHeaders) return undefined;
  if (credentials !== undefined) return { header: credentials.header, value: credentials.rest };
  return { header: (api.authorizationHeader ?? settings.authorizationHeader).toLowerCase(), value: undefined };
};
