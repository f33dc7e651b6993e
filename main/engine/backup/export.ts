import type { BackupContents, BackupTokens } from '../../../preload/contract/backup.ts';
import { type BackupLine, type BackupLineKind, backupVersion } from '../../../preload/contract/backupFile.ts';
import { backupLimitBytes } from '../../../preload/contract/backupLimit.ts';
import type { Progress } from '../../../preload/contract/define.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApplicationRow } from '../ports/store/applications.ts';
import type { KeySetRow } from '../ports/store/keys.ts';
import type { RefreshTokenRow } from '../ports/store/refreshTokens.ts';
import type { ScopeRow } from '../ports/store/scopes.ts';
import type { TokenRow } from '../ports/store/tokens.ts';
import type { UserRow } from '../ports/store/users.ts';
import { findApplication, livingApplications } from '../references.ts';
import { displayName } from '../usernames.ts';
import { exportConsents } from './consents.ts';
import { exportDeviceSets } from './deviceSets.ts';
import { exportApis } from './exportApis.ts';
import { exportSigningKeys } from './signingKeys.ts';

interface ExportSelection {
  /** By name or id; undefined: everything. */
  readonly applications: readonly string[] | undefined;
  readonly tokens: BackupTokens;
}

interface Exported {
  readonly lines: readonly string[];
  readonly contents: BackupContents;
  /** Tokens stored as hashes only. A hash is useless under another vault's key. */
  readonly leftOut: number;
}

/** Ids read per search, and tokens read per step: small enough that a step is short. */
const idsPerSearch = 500;
const tokensPerStep = 50;

type Line = <K extends BackupLineKind>(kind: K, value: BackupLine<K>) => string;

/** Formats lines, and throws `backup_too_large` once they exceed the size of a backup. */
const createLine = (): Line => {
  let size = 0;
  return (kind, value) => {
    const line = JSON.stringify({ [kind]: value });
    size += line.length + 1;
    if (size > backupLimitBytes) {
      throw new KeyfobError(
        'backup_too_large',
        'This backup would exceed 32 MiB. Leave out retired tokens (tokens: live), or choose fewer applications.',
      );
    }
    return line;
  };
};

/**
 * The tokens of these key sets, newest first. Tokens issued while this runs are left out, so that no two tokens of one
 * tuple are exported as ACTIVE.
 */
function* tokensOf(ports: Ports, keySetIds: readonly number[], kind: BackupTokens): Generator<TokenRow | Progress> {
  if (kind === 'none' || keySetIds.length === 0) return;
  const { tokens } = ports.store;
  const filter = { keySetIds, ...(kind === 'live' && { state: 'ACTIVE' as const }) };
  const total = tokens.nextId();
  for (let beforeId: number | undefined = total; beforeId !== undefined; ) {
    const { found, olderThanId }: ReturnType<typeof tokens.ids> = tokens.ids({ ...filter, beforeId }, idsPerSearch);
    for (const [at, id] of found.entries()) {
      const row = tokens.byId(id);
      if (row !== undefined && (kind === 'all' || row.state === 'ACTIVE')) yield row;
      if (at % tokensPerStep === tokensPerStep - 1) yield { done: total - id, total };
    }
    beforeId = olderThanId;
    if (beforeId !== undefined) yield { done: total - beforeId, total };
  }
}

interface ExportedTokens {
  /** Refresh tokens first, then tokens, oldest first. */
  readonly lines: readonly string[];
  readonly count: number;
  readonly leftOut: number;
  readonly userIds: ReadonlySet<number>;
  readonly scopeNames: ReadonlySet<string>;
}

function* exportTokens(
  ports: Ports,
  line: Line,
  keySetIds: readonly number[],
  kind: BackupTokens,
): Generator<Progress, ExportedTokens, void> {
  const { tokens, refreshTokens } = ports.store;
  const tokenLines: string[] = [];
  const refreshLines = new Map<number, string>();
  const userIds = new Set<number>();
  const scopeNames = new Set<string>();
  let leftOut = 0;

  const addRefreshToken = (row: RefreshTokenRow, value: string) => {
    const { id: ref, keySetId: keySet, tokenId: _, persistence: __, ...rest } = row;
    if (refreshLines.has(ref)) return;
    refreshLines.set(ref, line('refreshToken', { ref, keySet, ...rest, value }));
  };
  const addToken = (row: TokenRow, value: string) => {
    const { id: ref, keySetId: keySet, userId: user, refreshTokenId, persistence: _, ...rest } = row;
    const carried = refreshTokenId === null ? undefined : refreshTokens.byId(refreshTokenId);
    const refreshValue = carried && refreshTokens.reveal(carried.id);
    const refreshToken = refreshValue === undefined ? null : refreshTokenId;
    const { count, lastAtMs } = tokens.reuses(ref);
    const reuses = lastAtMs === undefined || count === 0 ? {} : { reuses: { count, lastAtMs } };
    const history = tokens.history(ref).map((entry) => ({ ...entry }));
    tokenLines.push(line('token', { ref, keySet, user, refreshToken, ...rest, value, history, ...reuses }));
    userIds.add(user);
    for (const name of row.scope.split(' ')) scopeNames.add(name);
    if (carried !== undefined && refreshValue !== undefined) addRefreshToken(carried, refreshValue);
  };

  for (const row of tokensOf(ports, keySetIds, kind)) {
    if ('done' in row) {
      yield row;
      continue;
    }
    const value = tokens.reveal(row.id);
    if (value === undefined) leftOut += 1;
    else addToken(row, value);
  }
  const lines = [...refreshLines.values(), ...tokenLines.toReversed()];
  return { lines, count: tokenLines.length, leftOut, userIds, scopeNames };
}

const userLine = (ports: Ports, line: Line, row: UserRow): string => {
  const { id: ref, uuid, roles, claims, enabled, createdAtMs, deletedAtMs } = row;
  const password = ports.store.users.revealPassword(ref) ?? null;
  const username = displayName(row);
  return line('user', { ref, username, uuid, roles: [...roles], claims, enabled, password, createdAtMs, deletedAtMs });
};

const scopeLine = (line: Line, { name, description, roles, apiIds }: ScopeRow): string =>
  line('scope', { name, description, roles: [...roles], apis: [...apiIds] });

const applicationLine = (line: Line, row: ApplicationRow): string => {
  const { id: ref, name, ownerId: owner, description, tier, createdAtMs } = row;
  return line('application', { ref, name, owner, description, tier, createdAtMs });
};

const keySetLine = (ports: Ports, line: Line, row: KeySetRow): string => {
  const { id: ref, applicationId: application, grantTypes, allowedOrigins, ...rest } = row;
  const consumerSecret = ports.store.keySets.revealSecret(ref);
  const lists = { grantTypes: [...grantTypes], allowedOrigins: [...allowedOrigins] };
  return line('keySet', { ref, application, ...rest, ...lists, consumerSecret });
};

/** The selected applications, each once. Throws `not_found`. */
const selectedApplications = (ports: Ports, refs: readonly string[] | undefined): readonly ApplicationRow[] =>
  refs === undefined
    ? livingApplications(ports)
    : [...new Map(refs.map((ref) => findApplication(ports, ref)).map((row) => [row.id, row])).values()];

/**
 * Exports applications with all that they need, or everything. Secrets are in clear, one JSON object a line. Throws
 * `not_found`, `backup_too_large`.
 */
export function* exportLines(ports: Ports, selection: ExportSelection): Generator<Progress, Exported, void> {
  const { store, clock, installation } = ports;
  const everything = selection.applications === undefined;
  const applications = selectedApplications(ports, selection.applications);
  const keySets = applications.flatMap(({ id }) => store.keySets.ofApplication(id));
  const line = createLine();
  const keySetIds = keySets.map(({ id }) => id);
  const tokens = yield* exportTokens(ports, line, keySetIds, selection.tokens);

  const consents = exportConsents(ports, new Set(keySetIds));
  const ownerIds = applications.map(({ ownerId }) => ownerId);
  const otherIds = everything ? store.users.list().map(({ id }) => id) : [];
  const deviceSets = exportDeviceSets(ports, applications);
  const setUserIds = deviceSets.flatMap(({ user }) => user ?? []);
  const consentUserIds = consents.map(({ user }) => user);
  const userIds = new Set([...ownerIds, ...tokens.userIds, ...consentUserIds, ...setUserIds, ...otherIds]);
  const users = [...userIds].flatMap((id) => store.users.byId(id) ?? []);
  const scopeNames = new Set([...tokens.scopeNames, ...deviceSets.flatMap(({ scope }) => scope.split(' '))]);
  const scopes = store.scopes.list().filter(({ name }) => everything || scopeNames.has(name));
  const settings = everything ? [store.settings.read()] : [];
  const signingKeys = exportSigningKeys(ports, everything);
  const { tiers, apis, subscriptions } = exportApis(ports, { everything, applications, scopes });
  const header = { version: backupVersion, createdBy: installation.read().version, createdAtMs: clock.realTimeMs() };
  const lines = [
    line('keyfobBackup', { ...header, everything, tokens: selection.tokens }),
    ...settings.map((values) => line('settings', values)),
    ...signingKeys.map((key) => line('signingKey', key)),
    ...tiers.map((tier) => line('tier', tier)),
    ...apis.map((api) => line('api', api)),
    ...scopes.map((row) => scopeLine(line, row)),
    ...users.map((row) => userLine(ports, line, row)),
    ...applications.map((row) => applicationLine(line, row)),
    ...keySets.map((row) => keySetLine(ports, line, row)),
    ...subscriptions.map((subscription) => line('subscription', subscription)),
    ...consents.map((consent) => line('consent', consent)),
    ...deviceSets.map((set) => line('deviceSet', set)),
    ...tokens.lines,
  ];
  const contents = {
    applications: applications.length,
    keySets: keySets.length,
    tokens: tokens.count,
    users: users.filter(({ deletedAtMs }) => deletedAtMs === null).length,
    scopes: scopes.length,
    tiers: tiers.length,
    apis: apis.length,
    subscriptions: subscriptions.length,
    consents: consents.length,
    deviceSets: deviceSets.length,
    settings: settings.reduce((sum, values) => sum + Object.keys(values).length, 0),
    signingKeys: signingKeys.length,
  };
  return { lines, contents, leftOut: tokens.leftOut };
}
