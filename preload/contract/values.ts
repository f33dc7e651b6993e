import { z } from 'zod';

/** A row id. Ids are never reused. */
export const id = z.int().positive();

const printable = /^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u;

/** One line of text for people: trimmed, no control characters. */
export const line = (label: string, max: number) =>
  z
    .string({ error: `${label} must be text.` })
    .trim()
    .min(1, `${label} must not be empty.`)
    .max(max, `${label} may have at most ${max} characters.`)
    .regex(printable, `${label} must not contain control characters.`);

export const description = z
  .string()
  .max(1000, 'The description may have at most 1000 characters.')
  .regex(/^[^\p{Cs}\0]*$/u, 'The description must be plain text.');

/** An application by name or id; a name wins over an id. */
export const applicationRef = line('Application', 100).describe('name or id of the application');

export const keyType = z
  .enum(['PRODUCTION', 'SANDBOX'], { error: 'The key type is PRODUCTION or SANDBOX.' })
  .describe('key type');
export type KeyType = z.output<typeof keyType>;

/**
 * A user name in WSO2's form (reference 4.3): `user`, `user@tenant.domain`, `STORE/user`, `STORE/user@tenant.domain`.
 */
export const username = line('Username', 190).regex(
  /^(?:[A-Za-z][\w-]{0,49}\/)?[^/\s]{1,100}$/u,
  'A username has no spaces, and at most one slash, after the name of its user store (like SECONDARY/ann).',
);

/** A user by name or id. */
export const userRef = line('User', 190).describe('username or id of the user');

export const password = z
  .string()
  .min(1, 'The password must not be empty.')
  .max(256, 'The password may have at most 256 characters.')
  .regex(/^[^\0\p{Cs}]*$/u, 'The password must not contain NUL.')
  .meta({ secret: 'new', description: 'password' });

/**
 * A scope (https://www.rfc-editor.org/rfc/rfc6749#section-3.3), at most 60 characters as WSO2 stores it (reference
 * 1.1).
 */
export const scopeName = z
  .string()
  .min(1, 'A scope must not be empty.')
  .max(60, 'A scope may have at most 60 characters.')
  .regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/, 'A scope has printable ASCII only: no spaces, quotes or backslashes.')
  .describe('name of the scope');

/** Scopes as on the wire: separated by spaces; order and repetition are ignored. */
export const scopeText = z
  .string()
  .max(2048, 'The scopes may have at most 2048 characters together.')
  .regex(/^[\x20\x21\x23-\x5B\x5D-\x7E]*$/, 'Separate scopes by spaces, without quotes or backslashes.')
  .describe('scopes, separated by spaces');

export const role = line('Role', 100).regex(/^[^,\s]+$/u, 'A role has no spaces and no commas.');
export const roles = z.array(role).max(50, 'Use at most 50 roles.').describe('roles');

/** How token values are stored (reference 8): encrypted, or as hashes only, so that each is shown once. */
export const tokenPersistence = z.enum(['encrypted', 'hashed'], {
  error: 'The token persistence is encrypted or hashed.',
});
export type TokenPersistence = z.output<typeof tokenPersistence>;

/** A device's name: the part after `device_` in its scope. */
export const deviceName = z
  .string()
  .min(1, 'A device name must not be empty.')
  .max(53, 'A device name may have at most 53 characters.')
  .regex(/^[A-Za-z0-9._-]+$/, 'A device name has letters, digits, dot, underscore and hyphen only.')
  .describe('name of the device: the part after device_ in its scope');

/** A lifetime in seconds, at most a thousand years. Negative: never expires. */
export const validitySeconds = z
  .int('A lifetime is a whole number of seconds.')
  .min(-31_536_000_000, 'A lifetime is at most a thousand years; any negative number means never.')
  .max(31_536_000_000, 'A lifetime is at most a thousand years; any negative number means never.')
  .refine((seconds) => seconds !== 0, 'A lifetime of 0 seconds would expire at once. Use a negative number for never.');

/** The grants that the endpoint serves. */
export const grantType = z.enum(['password', 'client_credentials', 'refresh_token', 'authorization_code'], {
  error: 'The grant type is password, client_credentials, refresh_token or authorization_code.',
});
export type GrantType = z.output<typeof grantType>;

/** The algorithms of signing keys. https://www.rfc-editor.org/rfc/rfc7518#section-3.1 */
export const signingAlgorithm = z
  .enum(['ES256', 'RS256'], { error: 'The algorithm is ES256 or RS256.' })
  .describe('algorithm of the signing key');
export type SigningAlgorithm = z.output<typeof signingAlgorithm>;

export const userType = z
  .enum(['APPLICATION', 'APPLICATION_USER'])
  .describe('user type (APPLICATION_USER = user tokens)');
export type UserType = z.output<typeof userType>;

export const tokenState = z.enum(['ACTIVE', 'INACTIVE', 'EXPIRED', 'REVOKED']).describe('token state');
export type TokenState = z.output<typeof tokenState>;

/** Milliseconds since 1970, UTC. Token time for lifetimes, else real time. */
export const timeMs = z.int();

export const port = z.int().min(0).max(65_535, 'Use a port from 1 to 65535, or 0 for any free port.');

/** A page of rows; `nextCursor` is absent on the last page. */
export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: id.optional() });
export const pageLimit = z
  .int()
  .min(1)
  .max(1000, 'Use at most 1000 rows per page.')
  .describe('rows per page')
  .default(100);
