import type { Handlers } from '../../../preload/contract/index.ts';
import type { Ports } from '../ports/ports.ts';
import { findClient, findUser } from '../references.ts';
import { deviceScope } from '../scopeRules.ts';
import { verifyDevices } from './calls/verifyDevices.ts';
import { mintDevices } from './shared/mintDevices.ts';
import { revokeMatching } from './shared/tokenQueries.ts';
import { tokenPage } from './shared/tokenView.ts';

export const deviceHandlers = (ports: Ports): Handlers['devices'] => ({
  mint: (input) => mintDevices(ports, input),
  list: ({ username, cursor, limit, ...ref }) => {
    const userId = username === undefined ? undefined : findUser(ports, username, 'username').id;
    const { keySet } = findClient(ports, ref);
    return tokenPage(ports, { keySetIds: [keySet.id], userId, state: 'ACTIVE', forDevice: true }, cursor, limit);
  },
  *revoke({ device, username, ...ref }) {
    const { keySet } = findClient(ports, ref);
    const revoked = yield* revokeMatching(ports, {
      keySetIds: [keySet.id],
      userId: username === undefined ? undefined : findUser(ports, username, 'username').id,
      userType: username === undefined ? 'APPLICATION' : 'APPLICATION_USER',
      scopes: [deviceScope(device)],
      forDevice: true,
    });
    return { revoked: [...revoked] };
  },
  verify: (input, watch) => verifyDevices(ports, input, watch),
});
