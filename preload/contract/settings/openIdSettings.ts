import { z } from 'zod';
import { openIdSettingTexts as texts } from './openIdSettingTexts.ts';

/** The settings of OpenID Connect with their defaults. They use the names of section 15 of the OpenID reference. */
export const openIdSettingsShape = {
  requestedClaims: z.enum(['record', 'none']).describe(texts.requestedClaims.summary).default('record'),
  openidScopeClaims: z.enum(['sub', 'all']).describe(texts.openidScopeClaims.summary).default('sub'),
  subForm: z.enum(['user@tenant', 'bare', 'userId']).describe(texts.subForm.summary).default('user@tenant'),
  /** WSO2's `IDTokenExpiration`. */
  idTokenValiditySeconds: z
    .int()
    .min(1)
    .max(31_536_000, 'Use at most 31536000 seconds (one year).')
    .describe(texts.idTokenValiditySeconds.summary)
    .default(3600),
  idTokenForClientCredentials: z.boolean().describe(texts.idTokenForClientCredentials.summary).default(false),
};
