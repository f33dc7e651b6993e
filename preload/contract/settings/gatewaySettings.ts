import { z } from 'zod';
import { gatewaySettingTexts } from './gatewaySettingTexts.ts';

const headerName = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'A header name has no spaces and no colon.');

/** The gateway's settings with their defaults. They use the names of WSO2's configuration where it has one. */
export const gatewaySettingsShape = {
  /** Whose wire the gateway speaks: APIM 2.6, 3.0 to 3.2, or 4.x. */
  gatewayProfile: z.enum(['2.6', '3.2', '4.x']).describe(gatewaySettingTexts.gatewayProfile.summary).default('2.6'),
  /** WSO2's `AuthorizationHeader` or `auth_header`. */
  authorizationHeader: headerName.describe(gatewaySettingTexts.authorizationHeader.summary).default('Authorization'),
  /** WSO2's `RemoveOAuthHeadersFromOutMessage`. */
  removeOAuthHeaders: z.boolean().describe(gatewaySettingTexts.removeOAuthHeaders.summary).default(true),
  bearerCase: z.enum(['exact', 'any']).describe(gatewaySettingTexts.bearerCase.summary).default('exact'),
  /** WSO2's `enforce_type_header_validation`. */
  enforceTypeHeaderValidation: z
    .boolean()
    .describe(gatewaySettingTexts.enforceTypeHeaderValidation.summary)
    .default(false),
  /** WSO2's `TokenCacheExpiry` (gateway reference 13). */
  validationCacheSeconds: z
    .int()
    .min(0, 'Use 0 for no cache, or up to 86400 seconds.')
    .max(86_400, 'Use at most 86400 seconds (one day).')
    .describe(gatewaySettingTexts.validationCacheSeconds.summary)
    .default(900),
  validationCacheEntries: z
    .int()
    .min(1)
    .max(1_000_000)
    .describe(gatewaySettingTexts.validationCacheEntries.summary)
    .default(10_000),
  /** 2.x: by responses of its own gateway only; 3.x and later: by broadcast. */
  validationCacheEviction: z
    .enum(['everywhere', 'endpoint'])
    .describe(gatewaySettingTexts.validationCacheEviction.summary)
    .default('everywhere'),
  reasonHeader: z
    .enum(['loopback', 'always', 'never'])
    .describe(gatewaySettingTexts.reasonHeader.summary)
    .default('loopback'),
  /** Gateway reference 4.5. */
  retryAfter: z.enum(['profile', 'off', 'seconds']).describe(gatewaySettingTexts.retryAfter.summary).default('profile'),
  /** WSO2's `EnableJWTGeneration` (gateway reference 11). */
  backendJwt: z.enum(['off', 'RS256', 'none']).describe(gatewaySettingTexts.backendJwt.summary).default('off'),
  /** WSO2's `synapse.global_timeout_interval`. */
  backendTimeoutSeconds: z
    .int()
    .min(1)
    .max(3600, 'Use at most 3600 seconds (one hour).')
    .describe(gatewaySettingTexts.backendTimeoutSeconds.summary)
    .default(120),
  /** Gateway reference 9. */
  backendSuspensionSeconds: z
    .int()
    .min(0)
    .max(3600)
    .describe(gatewaySettingTexts.backendSuspensionSeconds.summary)
    .default(0),
  /** Gateway reference 7. */
  echoRequestHeaders: z.boolean().describe(gatewaySettingTexts.echoRequestHeaders.summary).default(false),
};
