import { z } from 'zod';
import { apis } from './apis.ts';
import { applications } from './applications.ts';
import { reason } from './audit.ts';
import { backupTokens } from './backup.ts';
import { deviceSets } from './deviceSets.ts';
import { keySet as keySetView } from './keys.ts';
import { scopes } from './scopes.ts';
import { chosenKey, providedKey, providedSecret } from './servers.ts';
import { settingsValues } from './settings/settings.ts';
import { subscription as subscriptionView } from './subscriptions.ts';
import { tierName, tiers } from './tiers.ts';
import { tokenFormat } from './tokenFormat.ts';
import { userClaims } from './userClaims.ts';
import {
  grantType,
  id,
  keyType,
  password,
  roles,
  signingAlgorithm,
  timeMs,
  tokenState,
  username,
  userType,
} from './values.ts';

/** The format version that this program writes. It refuses newer ones. */
export const backupVersion = 5;

const { name, description, tier } = applications.create.input.shape;
const value = z.string().regex(/^[A-Za-z0-9_-]{28}$/);
const jwt = z
  .string()
  .max(65_536)
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);
const validityMs = z.int();
/** Identifies a line within the file. It has no other meaning. */
const ref = id;

export const backupHeader = z.strictObject({
  version: z.int().positive(),
  createdBy: z.string().max(50),
  createdAtMs: timeMs,
  everything: z.boolean(),
  tokens: backupTokens,
});
export type BackupHeader = z.output<typeof backupHeader>;

const user = z.strictObject({
  ref,
  username,
  /** Since version 4. */
  uuid: z.uuid().optional(),
  roles,
  /** Since version 3. */
  claims: userClaims.optional(),
  enabled: z.boolean(),
  /** Null: no password is set. */
  password: password.nullable(),
  createdAtMs: timeMs,
  /** Deleted users are included because tokens refer to them. */
  deletedAtMs: timeMs.nullable(),
});

const application = z.strictObject({
  ref,
  name,
  owner: ref,
  description: description.unwrap(),
  tier: tier.unwrap(),
  createdAtMs: timeMs,
});

const keySet = z
  .strictObject({
    ...keySetView.omit({ id: true, applicationId: true, origin: true }).shape,
    grantTypes: z.array(grantType).min(1).max(4),
    /** Since version 3, as are the next three. */
    tokenFormat: tokenFormat.default('opaque'),
    publicClient: keySetView.shape.publicClient.default(false),
    pkce: keySetView.shape.pkce.default('optional'),
    pkcePlain: keySetView.shape.pkcePlain.default(false),
    /** Since version 4, as is the next one. */
    server: keySetView.shape.server.default(null),
    servedHere: keySetView.shape.servedHere.default(true),
    ref,
    application: ref,
    consumerKey: providedKey,
    consumerSecret: providedSecret,
  })
  .refine(({ server, servedHere, consumerKey }) => server !== null || (servedHere && chosenKey.test(consumerKey)));

const refreshToken = z.strictObject({
  ref,
  keySet: ref,
  issuedAtMs: timeMs,
  validityMs,
  /** Of the sign-in behind it. Since version 4. */
  authTimeMs: timeMs.nullable().default(null),
  sessionId: z.uuid().nullable().default(null),
  value,
});

const token = z
  .strictObject({
    ref,
    keySet: ref,
    user: ref,
    userType,
    scope: z.string().min(1).max(4096),
    bindingRef: z.string().min(1).max(36),
    grantType,
    state: tokenState,
    stateId: z.literal('NONE').or(z.uuid()),
    issuedAtMs: timeMs,
    validityMs,
    refreshToken: ref.nullable(),
    format: tokenFormat.default('opaque'),
    value: value.or(jwt),
    /** Oldest first; the first is the issue. */
    history: z.array(z.strictObject({ atMs: timeMs, state: tokenState, reason })).min(1),
    reuses: z.strictObject({ count: z.int().positive(), lastAtMs: timeMs }).optional(),
  })
  .refine(
    ({ state, stateId, history }) => (state === 'ACTIVE') === (stateId === 'NONE') && history.at(-1)?.state === state,
  )
  .refine(({ state, history }) => state === 'ACTIVE' || history.length > 1);

/** A key that signs JWTs, or verifies those of this backup. Since version 3. */
const signingKey = z.strictObject({
  kid: z.string().regex(/^[\w-]{43}$/),
  algorithm: signingAlgorithm,
  certificate: z.string().max(4096),
  privateKey: z.string().max(4096),
  createdAtMs: timeMs,
  /** Null while it signs. */
  retiredAtMs: timeMs.nullable(),
  /** Seconds of token time. */
  neededUntilSeconds: z.int(),
});

/** A throttling tier, also one that came with the installation, except Unlimited. */
const tierLine = z.strictObject({ ...tiers.create.input.shape, builtIn: z.boolean() });

const { context, resources, ...apiShape } = apis.create.input.shape;
const api = z.strictObject({
  ...apiShape,
  ref,
  context: context.unwrap(),
  resources: resources.unwrap(),
  createdAtMs: timeMs,
});

/** Since version 2. */
const scopeApis = z.array(ref).max(50).default([]);
const scope = z.strictObject({
  name: scopes.create.input.shape.name,
  description: description.unwrap(),
  roles,
  /** The APIs that it belongs to. */
  apis: scopeApis,
});

const { state, createdAtMs } = subscriptionView.shape;
const subscription = z.strictObject({ application: ref, api: ref, tier: tierName, state, createdAtMs });

/** The scopes that a user approved for good. Since version 4. */
const consent = z.strictObject({ keySet: ref, user: ref, scope: z.string().max(4096), approvedAtMs: timeMs });

/** Since version 5. */
const { name: setName, device: devices, scope: extraScopes, validitySeconds } = deviceSets.save.input.shape;
const deviceSet = z.strictObject({
  application: ref,
  keyType,
  /** Null: application tokens. */
  user: ref.nullable(),
  name: setName,
  devices,
  scope: extraScopes.unwrap(),
  /** Null: the key set's. */
  validitySeconds: validitySeconds.unwrap().nullable(),
  createdAtMs,
});

/**
 * A backup in clear is one JSON object a line, each with one of these members. The first line is the header. A line
 * comes after the lines that it refers to. Tokens are in the order of their issue.
 */
export const backupLines = {
  keyfobBackup: backupHeader,
  settings: settingsValues,
  signingKey,
  tier: tierLine,
  api,
  scope,
  user,
  application,
  keySet,
  subscription,
  consent,
  deviceSet,
  refreshToken,
  token,
};
export type BackupLineKind = keyof typeof backupLines;
export type BackupLine<K extends BackupLineKind> = z.output<(typeof backupLines)[K]>;
