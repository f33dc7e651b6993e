import { z } from 'zod';
import { bulk, read, write } from './define.ts';
import { mintedDevices, namedDevices } from './devices.ts';
import { applicationRef, id, keyType, line, scopeText, timeMs, userRef, validitySeconds } from './values.ts';

const setName = line('Device set', 100).describe('name of the device set');

/** Devices that get tokens together: of one application, key type, and user or none. */
export const deviceSet = z.strictObject({
  id,
  application: z.string(),
  applicationId: id,
  keyType,
  /** Absent for application tokens. */
  user: z.string().optional(),
  /** Unique within the application. */
  name: z.string(),
  /** In the order in which their tokens are minted. */
  devices: z.array(z.string()),
  /** Extra scopes for each token. */
  scope: z.string(),
  /** Lifetime of new tokens; absent: the key set's. Negative: never expires. */
  validitySeconds: z.int().optional(),
  createdAtMs: timeMs,
});
export type DeviceSet = z.output<typeof deviceSet>;

const one = { application: applicationRef, set: setName };

export const deviceSets = {
  list: read(
    'List the device sets',
    z.strictObject({ application: applicationRef.optional().describe('those of one application') }),
    z.strictObject({ items: z.array(deviceSet) }),
  ),
  save: write(
    'Save devices under a name, with what their tokens need; replaces a set of this name',
    z.strictObject({
      application: applicationRef,
      keyType,
      username: userRef.optional().describe('username or id of the user; without it, application tokens'),
      name: setName,
      device: namedDevices,
      scope: scopeText.default('').describe('extra scopes for each token'),
      validitySeconds: validitySeconds.optional().describe("lifetime of new tokens (default: the key set's)"),
    }),
    z.strictObject({ ...deviceSet.shape, replaced: z.boolean() }),
  ),
  rename: write(
    'Rename a device set',
    z.strictObject({ ...one, name: setName.describe('new name of the device set') }),
    deviceSet,
  ),
  delete: write('Delete a device set; tokens of its devices stay', z.strictObject(one), deviceSet),
  mint: bulk(
    'Mint one token per device of a set, in its order; a device with a live token gets it again',
    z.strictObject({
      ...one,
      validitySeconds: validitySeconds.optional().describe("lifetime of new tokens (default: the set's)"),
    }),
    mintedDevices,
  ),
};
