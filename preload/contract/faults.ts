import { z } from 'zod';
import { apiRef } from './apis.ts';
import { control, read } from './define.ts';
import { applicationRef, id, keyType } from './values.ts';

export const faultKind = z
  .enum([
    'invalid_grant',
    'invalid_client',
    'expired',
    'throttled',
    'server_error',
    'unavailable',
    'delay',
    'cut',
    'malformed',
  ])
  .describe(
    'reply: 400 invalid_grant, 401 invalid_client, 401 as for an expired token, 429 with Retry-After, 500, 503, a delay, a cut connection, or a malformed body',
  );
export type FaultKind = z.output<typeof faultKind>;

export const faultRoute = z.enum(['token', 'revoke', 'introspect', 'userinfo', 'gateway']).describe('route');
export type FaultRoute = z.output<typeof faultRoute>;

export const fault = z.strictObject({
  id,
  kind: faultKind,
  /** Replies that it still changes. */
  left: z.int(),
  /** For a delay, and for Retry-After. */
  seconds: z.int(),
  application: z.string().optional(),
  keyType: keyType.optional(),
  api: z.string().optional(),
  route: faultRoute.optional(),
  /** One sentence for people. */
  text: z.string(),
});
export type Fault = z.output<typeof fault>;

/** Faults live in memory, and a restart ends them. */
export const faults = {
  list: read('List the faults on purpose', z.strictObject({}), z.strictObject({ items: z.array(fault) })),
  add: control(
    'Change the next replies: to one application or key set, of one API, or of one route',
    z
      .strictObject({
        kind: faultKind,
        replies: z.int().min(1).max(100_000).describe('number of replies').default(1),
        seconds: z.int().min(0).max(300).describe('seconds of a delay, or for Retry-After').default(5),
        application: applicationRef.optional(),
        keyType: keyType.optional(),
        api: apiRef.optional(),
        route: faultRoute.optional(),
      })
      .refine((one) => one.keyType === undefined || one.application !== undefined, 'A key type needs its application.'),
    fault,
  ),
  end: control('Cancel one fault', z.strictObject({ fault: id.describe('id of the fault') }), fault),
  endAll: control('Cancel all faults', z.strictObject({}), z.strictObject({ ended: z.int() })),
};
