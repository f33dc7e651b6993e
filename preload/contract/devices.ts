import { z } from 'zod';
import { bulk, call, read } from './define.ts';
import { issuedToken, token } from './tokens.ts';
import {
  applicationRef,
  deviceName,
  id,
  keyType,
  page,
  pageLimit,
  scopeText,
  timeMs,
  tokenState,
  userRef,
  validitySeconds,
} from './values.ts';

const owner = {
  application: applicationRef,
  keyType,
  username: userRef.optional().describe('username or id of the user; without it, application tokens'),
};

export const namedDevices = z
  .array(deviceName)
  .min(1, 'Name at least one device.')
  .max(10_000, 'Use at most 10000 devices at once.');

/** One token for each device, in the order of the names. A reused token keeps its own expiry. */
export const mintedDevices = z.strictObject({
  items: z.array(z.strictObject({ device: z.string(), ...issuedToken.shape })),
});

/** The answer of the API to the token of a device. */
export const verifiedDevice = z.strictObject({
  device: z.string(),
  tokenId: id,
  /** Absent without an answer. */
  status: z.int().optional(),
  /** Whether the API answered with a status from 200 to 299. */
  ok: z.boolean(),
  /** The outcome as a sentence for people. */
  text: z.string(),
  /** The token now. */
  state: tokenState,
  /** When it was retired; absent for an ACTIVE token. */
  retiredAtMs: timeMs.optional(),
});
export type VerifiedDevice = z.output<typeof verifiedDevice>;

export const devices = {
  mint: bulk(
    'Mint one token per device, by its device_… scope; a device with a live token gets it again',
    z.strictObject({
      ...owner,
      device: namedDevices,
      scope: scopeText.default('').describe('extra scopes for each token'),
      validitySeconds: validitySeconds
        .optional()
        .describe("lifetime of new tokens (default: the key set's); a live token keeps its own"),
    }),
    mintedDevices,
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
  verify: call(
    'Call an API with the token of each device, and show which it accepts',
    z.strictObject({
      ...owner,
      url: z
        .url({ protocol: /^https?$/ })
        .max(2048)
        .optional()
        .describe('URL of the API to call (default: the API echo of this endpoint)'),
      tokens: z
        .array(id)
        .min(1, 'Name at least one token.')
        .max(1000, 'Use at most 1000 tokens at once.')
        .optional()
        .describe('ids of device tokens (default: the newest token of each device, at most 1000)'),
    }),
    z.strictObject({ url: z.string(), items: z.array(verifiedDevice) }),
  ),
};
