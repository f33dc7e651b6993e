import { z } from 'zod';
import { control, read } from '../define.ts';
import { port, tokenPersistence, validitySeconds } from '../values.ts';
import { gatewaySettingsShape } from './gatewaySettings.ts';
import { jwtSettingsShape } from './jwtSettings.ts';
import { openIdSettingsShape } from './openIdSettings.ts';
import { settingTexts } from './settingTexts.ts';
import { signInSettingsShape } from './signInSettings.ts';

/** A name or address for the certificate and the Host header. */
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
  }, 'This is not a valid regular expression. Write one like read_.* instead.');

/**
 * All settings with their defaults. They use the names of reference section 12. Where WSO2's documentation and code
 * differ, the default follows the documentation.
 */
export const settingsShape = {
  clockOffsetSeconds: z
    .int()
    .min(-3_153_600_000)
    .max(3_153_600_000)
    .describe(settingTexts.clockOffsetSeconds.summary)
    .default(0),
  applicationTokenValiditySeconds: validitySeconds
    .describe(settingTexts.applicationTokenValiditySeconds.summary)
    .default(3600),
  userTokenValiditySeconds: validitySeconds.describe(settingTexts.userTokenValiditySeconds.summary).default(3600),
  refreshTokenValiditySeconds: validitySeconds
    .describe(settingTexts.refreshTokenValiditySeconds.summary)
    .default(86_400),
  /** Reference 2.4. */
  skewSeconds: z.int().min(0).max(3600).describe(settingTexts.skewSeconds.summary).default(0),
  /** The documentation, or 2.2+ code (reference 2.7). */
  infiniteUserTokenReuse: z.boolean().describe(settingTexts.infiniteUserTokenReuse.summary).default(true),
  /** Reference 2.8. */
  renewRefreshToken: z.boolean().describe(settingTexts.renewRefreshToken.summary).default(true),
  /** 2.x drops, 4.x echoes (reference 3.6). */
  scopePolicy: z.enum(['drop', 'echo']).describe(settingTexts.scopePolicy.summary).default('drop'),
  /** In addition to `^device_.*` and `openid` (reference 3.3). */
  allowedScopePatterns: z.array(scopePattern).max(20).describe(settingTexts.allowedScopePatterns.summary).default([]),
  /** `default` is what 2.x code does (reference 2.5). */
  minusOneMeans: z.enum(['never', 'default']).describe(settingTexts.minusOneMeans.summary).default('never'),
  /** Reference 8, row 49. */
  tokenPersistence: tokenPersistence.describe(settingTexts.tokenPersistence.summary).default('encrypted'),
  retiredTokensKeptDays: z
    .int()
    .min(0, 'Use at least 0 days, or none to keep them forever.')
    .max(3650, 'Use at most 3650 days (ten years).')
    .nullable()
    .describe(settingTexts.retiredTokensKeptDays.summary)
    .default(null),
  /** WSO2's `restricted_query_parameters`, which is empty unless configured. */
  refuseUrlParameters: z.boolean().describe(settingTexts.refuseUrlParameters.summary).default(false),
  devPortal: z.boolean().describe(settingTexts.devPortal.summary).default(false),
  /** WSO2's `EnableEmailUserName`. */
  emailUsernames: z.boolean().describe(settingTexts.emailUsernames.summary).default(false),
  /** WSO2's `renew_access_token_per_request` (reference 2.9). */
  renewRefreshTokenToo: z.boolean().describe(settingTexts.renewRefreshTokenToo.summary).default(false),
  /** Reference 2.3. */
  refreshedNeverExpiresIn: z
    .enum(['9223372036854775', '9223372036854775807'])
    .describe(settingTexts.refreshedNeverExpiresIn.summary)
    .default('9223372036854775'),
  /** Reference 5.1. */
  revokeHeaders: z.boolean().describe(settingTexts.revokeHeaders.summary).default(true),
  ...openIdSettingsShape,
  ...jwtSettingsShape,
  ...signInSettingsShape,
  ...gatewaySettingsShape,
  port: port.describe(settingTexts.port.summary).default(8243),
  httpPort: port.nullable().describe(settingTexts.httpPort.summary).default(null),
  extraNames: z
    .array(hostName)
    .max(20, 'At most 20 extra names.')
    .describe(settingTexts.extraNames.summary)
    .default([]),
  issuerHost: hostName.describe(settingTexts.issuerHost.summary).default('localhost'),
  keepServingWhenLocked: z.boolean().describe(settingTexts.keepServingWhenLocked.summary).default(false),
  lockAfterIdleMinutes: z
    .int()
    .min(1, 'Use at least 1 minute, or none to lock only on request.')
    .max(1440, 'Use at most 1440 minutes (one day).')
    .nullable()
    .describe(settingTexts.lockAfterIdleMinutes.summary)
    .default(15),
  lockWithScreen: z.boolean().describe(settingTexts.lockWithScreen.summary).default(true),
  runInTray: z.boolean().describe(settingTexts.runInTray.summary).default(false),
  protectContent: z.boolean().describe(settingTexts.protectContent.summary).default(false),
};

export const settingsValues = z.strictObject(settingsShape);
export type Settings = z.output<typeof settingsValues>;

const unwrapped = Object.fromEntries(
  Object.entries(settingsShape).map(([name, schema]) => [name, schema.unwrap().optional()]),
) as { [K in keyof typeof settingsShape]: z.ZodOptional<ReturnType<(typeof settingsShape)[K]['unwrap']>> };

export const settings = {
  read: read('Show the settings', z.strictObject({}), settingsValues),
  /** New extra names are saved only after the endpoint answers to them. */
  write: control('Change settings; others stay the same', z.strictObject(unwrapped), settingsValues),
};
