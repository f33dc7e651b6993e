import type { Handlers } from '../../../preload/contract/index.ts';
import { badInput } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import { findClient, findUser } from '../references.ts';
import { deviceScope, splitScopes } from '../scopeRules.ts';
import { verifyDevices } from './calls/verifyDevices.ts';
import { issueForPerson } from './shared/issueForPerson.ts';
import { revokeMatching } from './shared/tokenQueries.ts';
import { tokenPage } from './shared/tokenView.ts';

/** Small enough that a transaction is short. */
const devicesPerStep = 25;

export const deviceHandlers = (ports: Ports): Handlers['devices'] => ({
  *mint({ device, scope, ...selection }) {
    if (splitScopes(scope).some((name) => name.startsWith(deviceScope('')))) {
      throw badInput('scope', 'Leave device_ scopes out: each device token gets its own. Name the devices instead.');
    }
    const devices = [...new Set(device)];
    const items = [];
    for (const [index, name] of devices.entries()) {
      if (index > 0 && index % devicesPerStep === 0) yield { done: index, total: devices.length };
      const issued = issueForPerson(ports, { ...selection, scope: `${deviceScope(name)} ${scope}` });
      items.push({ device: name, ...issued });
    }
    return { items };
  },
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
