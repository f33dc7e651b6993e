import { z } from 'zod';
import { jwtSettingTexts } from './jwtSettingTexts.ts';

/** The settings of access tokens that are JWTs, with their defaults. */
export const jwtSettingsShape = {
  jwtAlgorithm: z.enum(['RS256', 'ES256']).describe(jwtSettingTexts.jwtAlgorithm.summary).default('RS256'),
  rfc9068Algorithm: z.enum(['ES256', 'RS256']).describe(jwtSettingTexts.rfc9068Algorithm.summary).default('ES256'),
  jwtHeader: z.enum(['portable', 'exact']).describe(jwtSettingTexts.jwtHeader.summary).default('portable'),
  reuseJwts: z.boolean().describe(jwtSettingTexts.reuseJwts.summary).default(false),
};
