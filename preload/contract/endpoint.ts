import { z } from 'zod';
import { control, read } from './define.ts';
import { errorCodes } from './errors.ts';
import { id, pageLimit, port, timeMs } from './values.ts';

export const endpointStatus = z.strictObject({
  running: z.boolean(),
  tokenUrl: z.string().optional(),
  revokeUrl: z.string().optional(),
  introspectUrl: z.string().optional(),
  httpTokenUrl: z.string().optional(),
  port: z.int().optional(),
  httpPort: z.int().optional(),
  /** The addresses it listens on. */
  addresses: z.array(z.string()),
  /** The names in its certificate and its Host rule. */
  names: z.array(z.string()),
  caFile: z.string(),
  certificateEndsAtMs: timeMs.optional(),
  /** One sentence for each extra name that does not lead to it. */
  warnings: z.array(z.string()).optional(),
  /** Why every request is refused until the next start: the disk failed, or the files are gone. */
  fault: z.strictObject({ code: z.enum(errorCodes), message: z.string() }).optional(),
  /** The port at which the last start failed, and a free one to offer. */
  portTaken: z.strictObject({ taken: z.int(), free: z.int() }).optional(),
});
export type EndpointStatus = z.output<typeof endpointStatus>;

/** One request to the endpoint, without secrets. */
export const endpointRequest = z.strictObject({
  sequence: id,
  atMs: timeMs,
  method: z.string(),
  path: z.string(),
  status: z.int(),
  /** From the first byte of the headers to the answer; absent for malformed HTTP. */
  durationMs: z.number().min(0).optional(),
  clientId: z.string().optional(),
  grantType: z.string().optional(),
  tokenId: id.optional(),
  error: z.string().optional(),
  errorDescription: z.string().optional(),
  /** The true reason as sentences for people; absent when it is unknown. */
  why: z.string().optional(),
  /** The names of secret parameters in the URL. */
  secretsInUrl: z.array(z.string()).optional(),
  /** The foreign site whose page sent it. All requests of a site share one row, which shows the newest. */
  foreignSite: z.string().optional(),
  /** How many requests share this row. */
  count: z.int().optional(),
});
export type EndpointRequest = z.output<typeof endpointRequest>;

export const endpoint = {
  // Not a `read`, because it resolves the extra names.
  status: control('Show the state and addresses of the endpoint', z.strictObject({}), endpointStatus, {
    whileLocked: true,
  }),
  start: control(
    'Start the endpoint',
    z.strictObject({
      port: port.optional().describe('HTTPS port (0 = any free port; default: the setting)'),
      httpPort: port.nullable().optional().describe('plain HTTP port'),
    }),
    endpointStatus,
  ),
  stop: control('Stop the endpoint', z.strictObject({}), endpointStatus),
  exportCa: read(
    'Show the certificate of the certificate authority; `endpoint trust` shows how to trust it',
    z.strictObject({}),
    z.strictObject({ pem: z.string(), fingerprintSha256: z.string(), endsAtMs: timeMs, caFile: z.string() }),
  ),
  requests: read(
    'List requests to the endpoint, newest first',
    z.strictObject({ limit: pageLimit }),
    z.strictObject({ items: z.array(endpointRequest) }),
  ),
};
