import type { BackupContents, BackupTokens } from '../../../preload/contract/backup.ts';
import { type BackupLine, type BackupLineKind, backupVersion } from '../../../preload/contract/backupFile.ts';
import { backupLimitBytes } from '../../../preload/contract/backupLimit.ts';
import type { Progress } from '../../../preload/contract/define.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { ApplicationRow } from '../ports/applicationStore.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenRow } from '../ports/tokenStore.ts';
import { findApplication, livingApplications } from '../references.ts';
import { displayName } from '../usernames.ts';

interface Wanted {
  /** By name or id; undefined: everything. */
  readonly applications: readonly string[] | undefined;
  readonly tokens: BackupTokens;
}

interface Exported {
  readonly lines: readonly string[];
  readonly contents: BackupContents;
  /** Tokens kept as hashes only, which mean nothing under another key. */
  readonly leftOut: number;
}

/** So many ids are asked for at once, and so many tokens are read before others get their turn. */
const idsPerStep = 500;
const tokensPerStep = 50;

/** Gathers lines up to the size that a backup may have. */
const createLines = () => {
  let size = 0;
  return <K extends BackupLineKind>(kind: K, value: BackupLine<K>): string => {
    const line = JSON.stringify({ [kind]: value });
    size += line.length + 1;
    if (size > backupLimitBytes) {
      throw new KeyfobError(
        'backup_too_large',
        'This would be a backup of more than 32 MiB; leave out retired tokens (tokens: live), or choose some applications.',
      );
    }
    return line;
  };
};

/**
 * All tokens of these key sets, newest first, so that those issued meanwhile are left out, and no two of one tuple are
 * met while ACTIVE.
 */
function* tokensOf(ports: Ports, keySetIds: readonly number[], kind: BackupTokens): Generator<TokenRow | Progress> {
  if (kind === 'none' || keySetIds.length === 0) return;
  const { tokens } = ports.store;
  const filter = { keySetIds, ...(kind === 'live' && { state: 'ACTIVE' as const }) };
  const total = tokens.nextId();
  for (let beforeId: number | undefined = total; beforeId !== undefined; ) {
    const { found, olderThanId }: ReturnType<typeof tokens.ids> = tokens.ids({ ...filter, beforeId }, idsPerStep);
    for (const [at, id] of found.entries()) {
      const row = tokens.byId(id);
      if (row !== undefined && (kind === 'all' || row.state === 'ACTIVE')) yield row;
      if (at % tokensPerStep === tokensPerStep - 1) yield { done: total - id, total };
    }
    beforeId = olderThanId;
    if (beforeId !== undefined) yield { done: total - beforeId, total };
  }
}

/**
 * Writes down applications with all that they need, or everything: secrets in clear, one JSON object a line. Throws
 * `not_found`, `backup_too_large`.
 */
export function* exportLines(ports: Ports, wanted: Wanted): Generator<Progress, Exported, void> {
  const { store, clock, installation } = ports;
  const everything = wanted.applications === undefined;
  // One that is named twice goes along once.
  const named = wanted.applications?.map((ref) => findApplication(ports, ref)).map((row) => [row.id, row] as const);
  const applications: readonly ApplicationRow[] =
    named === undefined ? livingApplications(ports) : [...new Map(named).values()];
  const keySets = applications.flatMap(({ id }) => store.keySets.ofApplication(id));
  const userIds = new Set(applications.map(({ ownerId }) => ownerId));
  const scopeNames = new Set<string>();
  const line = createLines();

  const tokenLines: string[] = [];
  const refreshLines = new Map<number, string>();
  let leftOut = 0;
  const keySetIds = keySets.map(({ id }) => id);
  for (const row of tokensOf(ports, keySetIds, wanted.tokens)) {
    if ('done' in row) {
      yield row;
      continue;
    }
    const { id: ref, keySetId: keySet, userId: user, refreshTokenId, persistence: _, ...rest } = row;
    const value = store.tokens.reveal(ref);
    if (value === undefined) {
      leftOut += 1;
      continue;
    }
    const carried = refreshTokenId === null ? undefined : store.refreshTokens.byId(refreshTokenId);
    const refreshValue = carried && store.refreshTokens.reveal(carried.id);
    const refreshToken = refreshValue === undefined ? null : refreshTokenId;
    const { count, lastAtMs } = store.tokens.reuses(ref);
    const reuses = lastAtMs === undefined || count === 0 ? {} : { reuses: { count, lastAtMs } };
    const history = store.tokens.history(ref).map((entry) => ({ ...entry }));
    tokenLines.push(line('token', { ref, keySet, user, refreshToken, ...rest, value, history, ...reuses }));
    userIds.add(user);
    for (const name of row.scope.split(' ')) scopeNames.add(name);
    if (carried === undefined || refreshValue === undefined || refreshLines.has(carried.id)) continue;
    const { id, issuedAtMs, validityMs } = carried;
    const ofRefresh = { ref: id, keySet, issuedAtMs, validityMs, value: refreshValue };
    refreshLines.set(id, line('refreshToken', ofRefresh));
  }
  if (everything) for (const { id } of store.users.list()) userIds.add(id);

  const users = [...userIds].flatMap((id) => store.users.byId(id) ?? []);
  const scopes = store.scopes.list().filter(({ name }) => everything || scopeNames.has(name));
  const header = { version: backupVersion, createdBy: installation.read().version, createdAtMs: clock.realTimeMs() };
  const settings = everything ? [store.settings.read()] : [];
  const lines = [
    line('keyfobBackup', { ...header, everything, tokens: wanted.tokens }),
    ...settings.map((values) => line('settings', values)),
    ...scopes.map(({ name, description, roles }) => line('scope', { name, description, roles: [...roles] })),
    ...users.map(({ id: ref, roles, enabled, createdAtMs, deletedAtMs, ...user }) =>
      line('user', {
        ref,
        username: displayName(user),
        roles: [...roles],
        enabled,
        password: store.users.revealPassword(ref) ?? null,
        createdAtMs,
        deletedAtMs,
      }),
    ),
    ...applications.map(({ id: ref, name, ownerId: owner, description, tier, createdAtMs }) =>
      line('application', { ref, name, owner, description, tier, createdAtMs }),
    ),
    ...keySets.map(({ id: ref, applicationId: application, grantTypes, allowedOrigins, ...rest }) => {
      const consumerSecret = store.keySets.revealSecret(ref);
      const lists = { grantTypes: [...grantTypes], allowedOrigins: [...allowedOrigins] };
      return line('keySet', { ref, application, ...rest, ...lists, consumerSecret });
    }),
    ...refreshLines.values(),
    ...tokenLines.reverse(),
  ];
  const contents = {
    applications: applications.length,
    keySets: keySets.length,
    tokens: tokenLines.length,
    users: users.filter(({ deletedAtMs }) => deletedAtMs === null).length,
    scopes: scopes.length,
    settings: settings.reduce((sum, values) => sum + Object.keys(values).length, 0),
  };
  return { lines, contents, leftOut };
}
