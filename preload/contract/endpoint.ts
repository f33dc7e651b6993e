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
  /** What it listens on. */
  addresses: z.array(z.string()),
  /** What its certificate and its Host rule name. */
  names: z.array(z.string()),
  caFile: z.string(),
  certificateEndsAtMs: timeMs.optional(),
  /** Sentences about extra names that do not lead to it. */
  warnings: z.array(z.string()).optional(),
  /** Why every request is refused until the next start: the disk failed, or the files are gone. */
  fault: z.strictObject({ code: z.enum(errorCodes), message: z.string() }).optional(),
  /** The last start failed at this port; a free one to offer instead. */
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
  /** From the first byte of the headers to the answer; absent for what is no HTTP. */
  durationMs: z.number().min(0).optional(),
  clientId: z.string().optional(),
  grantType: z.string().optional(),
  tokenId: id.optional(),
  error: z.string().optional(),
  errorDescription: z.string().optional(),
  /** The true reason as sentences for people, where it is known. */
  why: z.string().optional(),
  /** Secret parameters that stood in the URL, by name. */
  secretsInUrl: z.array(z.string()).optional(),
  /** The other site whose page sent it; all its requests share this row, which shows the newest. */
  foreignSite: z.string().optional(),
  /** How many requests share this row. */
  count: z.int().optional(),
});
export type EndpointRequest = z.output<typeof endpointRequest>;

export const endpoint = {
  // Not a `read`: it asks the system where extra names lead.
  status: control('Show the state and addresses of the endpoint', z.strictObject({}), endpointStatus, {
    whileLocked: true,
  }),
  start: control(
    'Start the endpoint',
    z.strictObject({ port: port.optional(), httpPort: port.nullable().optional() }),
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
