import { z } from 'zod';
import { reason } from './audit.ts';
import { bulk, call, read, scan, write } from './define.ts';
import { signingKey } from './signingKeys.ts';
import { tokenFilter, tokenOrder, tokenOwner } from './tokenFilter.ts';
import { tokenFormat } from './tokenFormat.ts';
import {
  applicationRef,
  id,
  keyType,
  line,
  page,
  pageLimit,
  scopeText,
  timeMs,
  tokenPersistence,
  tokenState,
  userRef,
  userType,
  validitySeconds,
} from './values.ts';

/** A token as lists show it, without its values. */
export const token = z.strictObject({
  id,
  application: z.string(),
  keyType,
  user: z.string(),
  userType,
  grantType: z.string(),
  scope: z.string(),
  /** Its device; absent unless its scopes name exactly one. */
  device: z.string().optional(),
  state: tokenState,
  stateId: z.string(),
  bindingRef: z.string(),
  issuedAtMs: timeMs,
  /** `null`: never expires. */
  expiresAtMs: timeMs.nullable(),
  /** Whether it is valid now: ACTIVE, not expired, key set ACTIVE, application not deleted. */
  valid: z.boolean(),
  format: tokenFormat,
  /** `hashed`: its value was shown once, when it was issued. */
  persistence: tokenPersistence,
  reuseCount: z.int(),
  lastReusedAtMs: timeMs.optional(),
  /** Real time of the last reuse, or of a later successful request in the request log; in lists only. */
  lastUsedAtMs: timeMs.optional(),
});
export type Token = z.output<typeof token>;

/** The answer of an issue. */
export const issuedToken = z.strictObject({
  id,
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  scope: z.string(),
  tokenType: z.literal('Bearer'),
  /** `null`: never expires (the wire then says 9223372036854775). */
  expiresInSeconds: z.int().nullable(),
  /** Whether this is an existing token. */
  reused: z.boolean(),
  /** `hashed`: the values are shown only now. */
  persistence: tokenPersistence,
  reason,
  /** The reason as sentences for people. */
  why: z.string(),
});
export type IssuedToken = z.output<typeof issuedToken>;

/** The answer of a sign-in. */
export const authorizedToken = z.strictObject({
  ...issuedToken.shape,
  /** Only with the scope `openid`. */
  idToken: z.string().optional(),
});
export type AuthorizedToken = z.output<typeof authorizedToken>;

const tokenRef = line('Token', 16_384).meta({ description: 'token value or id', secret: 'existing' });
const one = z.strictObject({ token: tokenRef });

const ids = z
  .array(id)
  .min(1, 'Name at least one token.')
  .max(1000, 'Use at most 1000 tokens at once.')
  .describe('ids of tokens');

const countByState = { ACTIVE: z.int(), INACTIVE: z.int(), EXPIRED: z.int(), REVOKED: z.int() };

const purging = {
  olderThanDays: z
    .int()
    .min(0, 'Use at least 0 days, which means all retired tokens.')
    .max(3650, 'Use at most 3650 days (ten years).')
    .describe('minimum age in days since a token was retired (real time)'),
  ...tokenOwner,
};

const historyEntry = z.strictObject({ atMs: timeMs, state: tokenState, reason, text: z.string() });

export const tokens = {
  issue: write(
    'Issue an application token, or with --user a user token. A live token of the same tuple is returned again',
    z.strictObject({
      application: applicationRef,
      keyType,
      username: userRef.optional(),
      scope: scopeText.default(''),
      validitySeconds: validitySeconds.optional().describe('lifetime in seconds, of application tokens only'),
      grantType: z
        .enum(['client_credentials', 'password', 'authorization_code'])
        .optional()
        .describe(
          'grant type (default: client_credentials, or with a user password; authorization_code: see authorize)',
        ),
    }),
    issuedToken,
  ),
  authorize: call(
    'Get a user token by a sign-in in the browser, with a callback on this machine',
    z.strictObject({
      application: applicationRef,
      keyType,
      username: line('Username', 200).optional().describe('user name to fill in on the sign-in page'),
      scope: scopeText.default(''),
      timeoutSeconds: z
        .int()
        .min(1)
        .max(3600, 'Use at most 3600 seconds (one hour).')
        .describe('seconds to wait for the sign-in')
        .default(300),
    }),
    authorizedToken,
  ),
  regenerate: write(
    'Regenerate a token: revoke the live token of the tuple, and issue a new one',
    z.strictObject({
      application: applicationRef,
      keyType,
      username: userRef.optional(),
      scope: scopeText.default(''),
      validitySeconds: validitySeconds.optional().describe('lifetime in seconds, of application tokens only'),
    }),
    issuedToken,
  ),
  refresh: write('Refresh a token: issue a new one by its refresh token', one, issuedToken),
  list: read(
    'List tokens, newest first. Pages can be short; there is more as long as nextCursor is set',
    z.strictObject({
      ...tokenFilter,
      cursor: id.optional().describe('nextCursor of the previous page'),
      limit: pageLimit,
    }),
    page(token),
  ),
  count: scan(
    'Count tokens, by state',
    z.strictObject(tokenFilter),
    z.strictObject({ total: z.int(), byState: z.strictObject(countByState) }),
  ),
  expiries: scan(
    'List the next expiries of active tokens and their refresh tokens, soonest first',
    z.strictObject({
      ...tokenOwner,
      limit: z.int().min(1).max(1000, 'Use at most 1000 entries.').describe('entries').default(100),
    }),
    z.strictObject({
      items: z.array(
        z.strictObject({
          /** Token time. */
          expiresAtMs: timeMs,
          expires: z.enum(['access_token', 'refresh_token']),
          /** The number of tokens that expire in this second. The other fields are of the newest one. */
          count: z.int(),
          id,
          application: z.string(),
          keyType,
          user: z.string(),
          device: z.string().optional(),
        }),
      ),
      /** The number of later entries that `limit` cut off. */
      later: z.int(),
    }),
  ),
  ids: scan(
    'List the ids of all matching tokens; a table reads its visible rows by id',
    z.strictObject({ ...tokenFilter, ...tokenOrder }),
    z.strictObject({ ids: z.array(id) }),
    { internal: true },
  ),
  readMany: scan(
    'Show tokens by id, in the order of the ids, without deleted ones',
    z.strictObject({
      ids,
      last4: z.boolean().default(false).describe("include the last characters of each token's value"),
    }),
    z.strictObject({ items: z.array(z.strictObject({ ...token.shape, last4: z.string().optional() })) }),
    { internal: true },
  ),
  export: scan(
    'Write tokens as CSV, newest first, without their values',
    z.strictObject({
      ...tokenFilter,
      cursor: id.optional().describe('nextCursor of the previous file'),
      limit: z
        .int()
        .min(1)
        .max(250_000, 'Use at most 250000 rows per file.')
        .describe('rows per file')
        .default(100_000),
    }),
    z.strictObject({ csv: z.string(), rows: z.int(), nextCursor: id.optional() }),
  ),
  read: read('Show one token, without its value', one, token),
  reveal: read(
    'Show the values of a token',
    one,
    z.strictObject({ id, accessToken: z.string(), refreshToken: z.string().optional() }),
  ),
  decode: read(
    'Decode an access token that is a JWT, and check its signature',
    one,
    z.strictObject({
      id,
      header: z.record(z.string(), z.unknown()),
      claims: z.record(z.string(), z.unknown()),
      /** The key that its header names; absent if it is none of this installation. */
      key: signingKey.optional(),
      /** Whether that key signed it. */
      signatureGood: z.boolean(),
    }),
  ),
  revealMany: scan(
    'Show the values of tokens by id, in the order of the ids, without deleted tokens and those stored as hashes',
    z.strictObject({ ids }),
    z.strictObject({
      items: z.array(z.strictObject({ id, accessToken: z.string() })),
      /** Tokens of which only a hash is stored. */
      notKept: z.array(id),
    }),
    { internal: true },
  ),
  explain: read(
    'Explain why a token was issued, and what happened to it and its tuple since',
    one,
    z.strictObject({
      token,
      text: z.string(),
      history: z.array(historyEntry),
      /** The other tokens of the same tuple, newest first. */
      tuple: z.array(token),
      /** Absent for a token without a refresh token. */
      refreshTokenPersistence: tokenPersistence.optional(),
      /** Tokens in the history that have been purged since. */
      purged: z.array(id),
    }),
  ),
  revoke: write(
    'Revoke one token, access and refresh token together',
    one,
    z.strictObject({ id, revoked: z.boolean(), token }),
  ),
  revokeMany: bulk(
    'Revoke tokens by id; skips retired and deleted ones',
    z.strictObject({ ids }),
    z.strictObject({ revoked: z.array(id) }),
  ),
  revokeAll: bulk(
    'Revoke all active tokens of an application, a user or a device',
    z
      .strictObject({
        ...tokenOwner,
      })
      .refine(
        (by) => by.application !== undefined || by.user !== undefined || by.device !== undefined,
        'Name an application, a user or a device.',
      ),
    z.strictObject({ revoked: z.int() }),
  ),
  purgeable: scan(
    'Count the tokens that purge would delete',
    z.strictObject(purging),
    z.strictObject({ count: z.int() }),
    { internal: true },
  ),
  purge: bulk(
    'Delete retired tokens and their history for good. Keeps ACTIVE tokens and those with a working refresh token',
    z.strictObject(purging),
    z.strictObject({ purged: z.int() }),
  ),
  setExpiry: write(
    'Set when a token expires: now, or in some seconds',
    z.strictObject({
      token: tokenRef,
      inSeconds: z.int().min(0).max(31_536_000).describe('seconds until it expires (0 = now)').default(0),
    }),
    token,
  ),
};
