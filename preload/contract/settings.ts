import { z } from 'zod';
import { read, write } from './define.ts';
import { port, validitySeconds } from './values.ts';

/** A name or address that a certificate may carry and a Host header may name. */
const hostName = z
  .string()
  .max(253)
  .regex(
    /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$|^[0-9A-Fa-f:]{2,45}$/,
    'A name like phone.test or an address like 192.168.1.20.',
  );

const scopePattern = z
  .string()
  .min(1)
  .max(100)
  .refine((text) => {
    try {
      new RegExp(text, 'u');
      return true;
    } catch {
      return false;
    }
  }, 'A scope pattern is a regular expression.');

/**
 * All settings with their defaults. Names of reference section 12 keep them; where documentation and code of WSO2
 * differ, the default is the documentation's.
 */
export const settingsShape = {
  /** Moves token time against real time. */
  clockOffsetSeconds: z.int().min(-3_153_600_000).max(3_153_600_000).default(0),
  /** Lifetimes for key sets generated from now on; existing ones keep theirs. */
  applicationTokenValiditySeconds: validitySeconds.default(3600),
  userTokenValiditySeconds: validitySeconds.default(3600),
  refreshTokenValiditySeconds: validitySeconds.default(86_400),
  /** Added to what a token has left (reference 2.4). */
  skewSeconds: z.int().min(0).max(3600).default(0),
  /** Whether a never-expiring user token is handed out again (documentation), or renewed each time (2.2+ code, 2.7). */
  infiniteUserTokenReuse: z.boolean().default(true),
  /** Whether a refresh makes a new refresh token (reference 2.8). */
  renewRefreshToken: z.boolean().default(true),
  /** What becomes of unknown scopes: dropped (2.x), or echoed (4.x; reference 3.6). */
  scopePolicy: z.enum(['drop', 'echo']).default('drop'),
  /** Scopes that pass without being defined, beside `^device_.*` and `openid` (reference 3.3). */
  allowedScopePatterns: z.array(scopePattern).max(20).default([]),
  /** What `validity_period=-1` means: never, or the default lifetime (2.x code, reference 2.5). */
  minusOneMeans: z.enum(['never', 'default']).default('never'),
  /** Whether /revoke and the refresh grant name the tokens they killed in headers (reference 5.1). */
  revokeHeaders: z.boolean().default(true),
  port: port.default(8243),
  /** Plain HTTP beside HTTPS; `null`: none. */
  httpPort: port.nullable().default(null),
  /** Further names and addresses of this machine: in the certificate, in the Host rule, and listened on. */
  extraNames: z.array(hostName).max(20, 'At most 20 extra names.').default([]),
  keepServingWhenLocked: z.boolean().default(false),
};

export const settingsValues = z.strictObject(settingsShape);
export type Settings = z.output<typeof settingsValues>;

const unwrapped = Object.fromEntries(
  Object.entries(settingsShape).map(([name, schema]) => [name, schema.unwrap().optional()]),
) as { [K in keyof typeof settingsShape]: z.ZodOptional<ReturnType<(typeof settingsShape)[K]['unwrap']>> };

export const settings = {
  read: read('Show the settings', z.strictObject({}), settingsValues),
  write: write('Change settings; those not named stay', z.strictObject(unwrapped), settingsValues),
};
