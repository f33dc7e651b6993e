import { z } from 'zod';
import { bulk, read } from './define.ts';
import { issuedToken, token } from './tokens.ts';
import { applicationRef, deviceName, id, keyType, page, pageLimit, scopeText, userRef } from './values.ts';

const owner = {
  application: applicationRef,
  keyType,
  username: userRef.optional().describe('username or id of the user; without it, application tokens'),
};

export const devices = {
  mint: bulk(
    'Mint one token per device, by its device_… scope; a device with a live token gets it again',
    z.strictObject({
      ...owner,
      device: z.array(deviceName).min(1, 'Name at least one device.').max(10_000, 'Use at most 10000 devices at once.'),
      scope: scopeText.default('').describe('extra scopes for each token'),
    }),
    z.strictObject({ items: z.array(z.strictObject({ device: z.string(), ...issuedToken.shape })) }),
  ),
  list: read(
    'List the live device tokens, newest first',
    z.strictObject({
      application: applicationRef,
      keyType,
      username: userRef.optional(),
      cursor: id.optional().describe('nextCursor of the previous page'),
      limit: pageLimit.default(1000),
    }),
    page(token),
  ),
  revoke: bulk(
    "Revoke one device's tokens; other devices keep theirs",
    z.strictObject({ ...owner, device: deviceName }),
    z.strictObject({ revoked: z.array(id) }),
  ),
};
