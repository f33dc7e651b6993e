import { z } from 'zod';
import { control, read, write } from './define.ts';
import { description, id, line, timeMs } from './values.ts';

/** Where a tier counts (gateway reference 4.1). `advanced` is for APIs and resources. */
export const tierLevel = z.enum(['application', 'subscription', 'advanced']).describe('level');
export type TierLevel = z.output<typeof tierLevel>;

export const tierName = line('The tier', 50)
  .regex(/^[\w.-]+$/, 'A tier has letters, digits, dots, hyphens and underscores.')
  .describe('throttling tier');

const timeUnit = z.enum(['second', 'minute', 'hour', 'day', 'month', 'year']).describe('unit of the window');
export type TimeUnit = z.output<typeof timeUnit>;

export const tier = z.strictObject({
  id,
  level: tierLevel,
  name: z.string(),
  description: z.string(),
  /** Requests or bytes per window; `null`: unlimited. */
  limit: z.int().nullable(),
  counts: z.enum(['requests', 'bytes']),
  windowLength: z.int(),
  windowUnit: timeUnit,
  /** Requests per `burstSeconds`, of subscription tiers; `null`: no burst control. */
  burstLimit: z.int().nullable(),
  burstSeconds: z.int(),
  /** Whether requests over the quota are refused. */
  stopOnQuota: z.boolean(),
  /** Whether an advanced tier counts the requests of each user separately. */
  perUser: z.boolean(),
  /** Whether it came with the installation. */
  builtIn: z.boolean(),
});
export type Tier = z.output<typeof tier>;

const limit = z.int().min(1).max(2_147_483_647).nullable().describe('requests or bytes per window');
const counts = tier.shape.counts.describe('what it counts');
const windowLength = z.int().min(1).max(10_000).describe('length of the window, in its unit');
const burstLimit = z
  .int()
  .min(1)
  .max(1_000_000)
  .nullable()
  .describe('requests per burst window, of subscription tiers');
const burstSeconds = z.int().min(1).max(60).describe('length of the burst window in seconds');
const stopOnQuota = z.boolean().describe('whether requests over the quota are refused');
const perUser = z.boolean().describe('whether an advanced tier counts the requests of each user separately');

const one = { level: tierLevel, name: tierName };

export const tiers = {
  list: read('List the throttling tiers', z.strictObject({}), z.strictObject({ items: z.array(tier) })),
  create: write(
    'Create a throttling tier',
    z.strictObject({
      ...one,
      description: description.describe('description').default(''),
      limit,
      counts: counts.default('requests'),
      windowLength: windowLength.default(1),
      windowUnit: timeUnit.default('minute'),
      burstLimit: burstLimit.default(null),
      burstSeconds: burstSeconds.default(1),
      stopOnQuota: stopOnQuota.default(true),
      perUser: perUser.default(false),
    }),
    tier,
  ),
  update: write(
    'Change a throttling tier; its counters start again',
    z.strictObject({
      ...one,
      description: description.optional().describe('description'),
      limit: limit.optional(),
      counts: counts.optional(),
      windowLength: windowLength.optional(),
      windowUnit: timeUnit.optional(),
      burstLimit: burstLimit.optional(),
      burstSeconds: burstSeconds.optional(),
      stopOnQuota: stopOnQuota.optional(),
      perUser: perUser.optional(),
    }),
    tier,
  ),
  delete: write('Delete a throttling tier that nothing uses', z.strictObject(one), tier),
  counters: read(
    'Show the counters of the current windows, the fullest first',
    z.strictObject({}),
    z.strictObject({
      items: z.array(
        z.strictObject({
          level: z.enum(['application', 'subscription', 'burst', 'api', 'resource']),
          /** The application, API or resource, and the user. */
          of: z.string(),
          tier: z.string(),
          count: z.int(),
          limit: z.int(),
          counts: tier.shape.counts,
          /** Real time. */
          windowEndsAtMs: timeMs,
        }),
      ),
    }),
  ),
  resetCounters: control('Set all counters to zero', z.strictObject({}), z.strictObject({ reset: z.int() })),
};
