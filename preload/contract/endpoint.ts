import { z } from 'zod';
import { control, read } from './define.ts';
import { errorCodes } from './errors.ts';
import { port, timeMs } from './values.ts';

export const endpointStatus = z.strictObject({
  running: z.boolean(),
  tokenUrl: z.string().optional(),
  authorizeUrl: z.string().optional(),
  revokeUrl: z.string().optional(),
  introspectUrl: z.string().optional(),
  /** For OpenID clients; metadata is below it. */
  issuer: z.string().optional(),
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
  /** Addresses of this machine in its networks, which extra names may hold. */
  networkAddresses: z.array(z.string()).optional(),
  /** Why every request is refused until the next start: the disk failed, or the files are gone. */
  fault: z.strictObject({ code: z.enum(errorCodes), message: z.string() }).optional(),
  /** The port at which the last start failed, and a free one to offer. */
  portTaken: z.strictObject({ taken: z.int(), free: z.int() }).optional(),
});
export type EndpointStatus = z.output<typeof endpointStatus>;

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
};
