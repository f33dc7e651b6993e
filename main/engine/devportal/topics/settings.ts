import { grantType } from '../../../../preload/contract/values.ts';
import { portalScopes } from '../../portalScopes.ts';
import type { PortalCall } from '../call.ts';
import type { PortalAnswer } from '../portal.ts';

export const readSettings = ({ ports }: PortalCall): PortalAnswer => {
  const { tokenUrl = ports.endpoint.issuer() } = ports.endpoint.status();
  const body = {
    ...{ grantTypes: grantType.options, scopes: [...portalScopes.keys()], applicationSharingEnabled: false },
    ...{
      mapExistingAuthApps: true,
      apiGatewayEndpoint: tokenUrl.replace(/(?:\/oauth2)?\/token$/, ''),
      monetizationEnabled: false,
    },
    ...{ recommendationEnabled: false, IsUnlimitedTierPaid: false, identityProvider: { external: false } },
    ...{ IsAnonymousModeEnabled: true, IsPasswordChangeEnabled: false },
    ...{ userStorePasswordPattern: '', passwordPolicyPattern: '' },
    ...{ passwordPolicyMinLength: -1, passwordPolicyMaxLength: -1 },
  };
  return { status: 200, body };
};
