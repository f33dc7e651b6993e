import { grantType } from '../../../../preload/contract/values.ts';
import type { PortalCall } from '../call.ts';
import { portalId } from '../ids.ts';
import type { PortalAnswer } from '../portal.ts';
import { badRequest } from '../portalError.ts';

/** The only key manager, by API Manager's name for its own. */
export const residentKeyManager = 'Resident Key Manager';

const id = portalId('keyManager', 1);

/** Throws `PortalError` 400 for another key manager than the resident one. */
export const demandResidentKeyManager = (name: string | undefined): void => {
  if (name === undefined || ['default', residentKeyManager, id].includes(name)) return;
  throw badRequest(`Key Manager ${name} is not registered. Use "${residentKeyManager}".`);
};

export const listKeyManagers = ({ ports }: PortalCall): PortalAnswer => {
  const tokenEndpoint = ports.endpoint.issuer();
  const only = {
    ...{ id, name: residentKeyManager, type: 'default', displayName: residentKeyManager },
    ...{ description: 'This is Resident Key Manager', enabled: true, availableGrantTypes: grantType.options },
    ...{ tokenEndpoint, revokeEndpoint: tokenEndpoint.replace(/token$/, 'revoke') },
    userInfoEndpoint: tokenEndpoint.replace(/token$/, 'userinfo'),
    ...{ enableTokenGeneration: true, enableTokenEncryption: false, enableTokenHashing: false },
    ...{ enableOAuthAppCreation: true, enableMapOAuthConsumerApps: true },
    ...{ applicationConfiguration: [], additionalProperties: {} },
  };
  return { status: 200, body: { count: 1, list: [only] } };
};
