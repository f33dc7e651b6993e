import { z } from 'zod';
import { applications } from './applications.ts';
import { callbackUrl } from './callbackUrl.ts';
import { inputErrors, noDefaultMessages } from './inputErrors.ts';
import { chosenKey, providedSecret } from './servers.ts';
import { tierName } from './tiers.ts';
import { keyType, line, validitySeconds } from './values.ts';

/** Clients send null or empty text for what they leave out. */
const given = (value: unknown): unknown =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null && member !== ''));

/** Parses a body of the DevPortal REST API, and gives what is wrong with it. Unknown members are ignored. */
export const parsePortalBody = <S extends z.ZodType>(
  schema: S,
  body: unknown,
): { readonly data: z.output<S> } | { readonly fault: string } => {
  const input = given(body);
  const parsed = schema.safeParse(input, noDefaultMessages);
  return parsed.success ? { data: parsed.data } : { fault: inputErrors(parsed.error.issues, input).message };
};

/** Seconds as a number or as text. */
const seconds = z
  .union(
    [
      z
        .string()
        .regex(/^-?\d{1,12}$/)
        .transform(Number),
      z.number(),
    ],
    { error: 'A lifetime is a number of seconds; any negative number means never.' },
  )
  .pipe(validitySeconds);
/** `N/A` is how the portal's form leaves a lifetime open. */
const lifetime = z.preprocess((value) => (value === 'N/A' ? undefined : value), seconds.optional());
const flag = z.union([z.enum(['true', 'false']).transform((text) => text === 'true'), z.boolean()]).optional();

const fromJsonText = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

/** Settings of the keys, by the names of API Manager's resident key manager. */
const additionalProperties = z
  .preprocess(
    (value) => given(fromJsonText(value)),
    z.object({
      application_access_token_expiry_time: lifetime,
      user_access_token_expiry_time: lifetime,
      refresh_token_expiry_time: lifetime,
      pkceMandatory: flag,
      pkceSupportPlain: flag,
      bypassClientCredentials: flag,
    }),
  )
  .default({});

const grantTypes = z.array(z.string()).max(50).optional();
const scopes = z.array(z.string()).max(100).default([]);
const keyManager = z.string().optional();
const consumerKey = z
  .string()
  .regex(chosenKey, 'A consumer key has 1 to 255 letters, digits and the characters _ . ~ -.');

/** `POST` and `PUT` of an application. */
export const applicationBody = z.object({
  name: applications.create.input.shape.name,
  throttlingPolicy: z.string({ error: 'Throttling tier cannot be null' }),
  description: applications.create.input.shape.description,
});

export const generateKeysBody = z.object({
  ...{ keyType, keyManager, grantTypesToBeSupported: grantTypes, callbackUrl: callbackUrl.default(''), scopes },
  validityTime: lifetime,
  clientId: consumerKey.optional(),
  clientSecret: providedSecret.optional(),
  additionalProperties,
});

export const mapKeysBody = z.object({ keyType, keyManager, consumerKey, consumerSecret: providedSecret });

export const updateKeysBody = z.object({
  supportedGrantTypes: grantTypes,
  callbackUrl: callbackUrl.default(''),
  additionalProperties,
});
export type AdditionalProperties = z.output<typeof additionalProperties>;

export const generateTokenBody = z.object({
  consumerSecret: z.string().optional(),
  validityPeriod: lifetime,
  scopes,
  revokeToken: z.string().optional(),
});

export const subscriptionBody = z.object({
  applicationId: z.string(),
  apiId: z.string(),
  throttlingPolicy: tierName,
});
export const subscriptionsBody = z.array(subscriptionBody).min(1).max(1000);

export const subscriptionUpdateBody = z.object({
  throttlingPolicy: tierName.optional(),
  requestedThrottlingPolicy: tierName.optional(),
});

/** Dynamic client registration. */
export const registrationBody = z.object({
  clientName: line('clientName', 80),
  owner: z.string().optional(),
  grantType: z.string().default('password refresh_token client_credentials'),
  callbackUrl: z.string().default(''),
  tokenType: z.string().default('DEFAULT'),
  saasApp: flag,
});
export type Registration = z.output<typeof registrationBody>;
