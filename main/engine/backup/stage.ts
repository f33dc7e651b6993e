import type { Reason } from '../../../preload/contract/audit.ts';
import type { BackupLine } from '../../../preload/contract/backupFile.ts';
import type { Progress } from '../../../preload/contract/define.ts';
import { newConsumerCredential } from '../clients/consumerCredentials.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApplicationRow } from '../ports/store/applications.ts';
import type { KeySetRow } from '../ports/store/keys.ts';
import type { UserRow } from '../ports/store/users.ts';
import { parseUsername } from '../usernames.ts';
import type { Compared } from './items.ts';
import type { Backup } from './parse.ts';

/** Small enough that a transaction is short. */
const rowsPerStep = 50;

/** The deletion time of staged rows. It is too long ago to restore them, so a failed import is purged. */
export const stagedDeletionMs = 0;

/** The rows that an import wrote and that do not show yet. */
export interface Staged {
  readonly applications: readonly ApplicationRow[];
  /** The same by the ref of their line in the backup. */
  readonly applicationOf: ReadonlyMap<number, ApplicationRow>;
  /** With the ref of its line, and the consumer key that each gets at the end. */
  readonly keySets: readonly { readonly ref: number; readonly row: KeySetRow; readonly consumerKey: string }[];
  /** Existing and new user rows, by the ref of their line in the backup. New ones count as deleted. */
  readonly users: ReadonlyMap<number, UserRow>;
  readonly tokens: number;
}

/** A reason with the ids that its tokens get here. References to tokens outside the backup are left out. */
const withLocalIds = (reason: Reason, tokenIds: ReadonlyMap<number, number>): Reason => {
  const { candidate, otherTokenId, ...rest } = reason;
  const candidateId = candidate && tokenIds.get(candidate.tokenId);
  const otherId = otherTokenId === undefined ? undefined : tokenIds.get(otherTokenId);
  return {
    ...rest,
    ...(candidate !== undefined && candidateId !== undefined && { candidate: { ...candidate, tokenId: candidateId } }),
    ...(otherId !== undefined && { otherTokenId: otherId }),
  };
};

const findExisting = ({ store }: Ports, { username }: BackupLine<'user'>): UserRow | undefined => {
  const { name, userStore, tenantDomain } = parseUsername(username);
  return store.users.byName(name, userStore, tenantDomain);
};

/** Inserts unknown users as deleted ones, so that rows can refer to them and nobody can sign in yet. */
function* stageUsers(
  ports: Ports,
  lines: readonly BackupLine<'user'>[],
): Generator<Progress, ReadonlyMap<number, UserRow>, void> {
  const rows = new Map<number, UserRow>();
  for (const [at, line] of lines.entries()) {
    const { ref, username, uuid = ports.random.uuid(), roles, enabled, createdAtMs, deletedAtMs } = line;
    const existing = deletedAtMs === null ? findExisting(ports, line) : undefined;
    const row = {
      ...parseUsername(username),
      uuid,
      roles,
      enabled,
      createdAtMs,
      deletedAtMs: deletedAtMs ?? stagedDeletionMs,
    };
    rows.set(ref, existing ?? ports.store.users.insert(row, null));
    if (at % rowsPerStep === rowsPerStep - 1) yield { done: 0, total: 1 };
  }
  return rows;
}

function* stageTokens(
  ports: Ports,
  backup: Backup,
  keySetIds: ReadonlyMap<number, number>,
  users: ReadonlyMap<number, UserRow>,
): Generator<Progress, number, void> {
  const { backup: out } = ports.store;
  const tokens = [...backup.tokens.values()].filter(({ keySet }) => keySetIds.has(keySet));
  // Reserve all ids first, because the reasons of tokens refer to each other.
  const tokenIds = new Map(tokens.map(({ ref }) => [ref, out.takeId('access')]));
  const newestOf = new Map(
    tokens.flatMap(({ ref, refreshToken }) => (refreshToken ? [[refreshToken, ref] as const] : [])),
  );
  const refreshIds = new Map([...newestOf.keys()].map((ref) => [ref, out.takeId('refresh')]));
  const idIn = (ids: ReadonlyMap<number, number>, ref: number | undefined): number => {
    const id = ref === undefined ? undefined : ids.get(ref);
    if (id === undefined)
      throw new Error('A line of a backup refers to a missing line. Parsing should have caught this.');
    return id;
  };

  for (const [at, line] of tokens.entries()) {
    if (at % rowsPerStep === 0) yield { done: at, total: tokens.length };
    const { ref, keySet, user, refreshToken, value, history, reuses, ...rest } = line;
    const keySetId = idIn(keySetIds, keySet);
    const tokenId = idIn(tokenIds, ref);
    const userRow = users.get(user);
    const [issue, ...later] = history;
    if (userRow === undefined || issue === undefined)
      throw new Error('A token of a backup lacks its user or its issue.');
    const refreshTokenId = refreshToken === null ? null : idIn(refreshIds, refreshToken);
    const refreshLine = refreshToken === null ? undefined : backup.refreshTokens.get(refreshToken);
    if (refreshLine !== undefined && refreshTokenId !== null && newestOf.get(refreshLine.ref) === ref) {
      const { ref: _, keySet: __, value: refreshValue, ...life } = refreshLine;
      out.insertRefreshToken({ ...life, id: refreshTokenId, keySetId, tokenId }, refreshValue);
    }
    out.insertToken(
      { ...rest, id: tokenId, keySetId, userId: userRow.id, refreshTokenId },
      {
        value,
        reason: withLocalIds(issue.reason, tokenIds),
        history: later.map((entry) => ({ ...entry, reason: withLocalIds(entry.reason, tokenIds) })),
        realTimeMs: ports.clock.realTimeMs(),
        reuses,
      },
    );
  }
  return tokens.length;
}

/** Writes the applications, keys, users and tokens so that nothing shows yet. Run each step in its own transaction. */
export function* stage(
  ports: Ports,
  backup: Backup,
  write: readonly Compared[],
  staged: Set<number>,
): Generator<Progress, Staged, void> {
  const lines = write.flatMap(({ subject }) => (subject.kind === 'application' ? [subject.line] : []));
  const refs = new Set(lines.map(({ ref }) => ref));
  const keySetLines = [...backup.keySets.values()].filter(({ application }) => refs.has(application));
  const keySetRefs = new Set(keySetLines.map(({ ref }) => ref));
  const named = new Set(
    [...backup.tokens.values()].filter((one) => keySetRefs.has(one.keySet)).map(({ user }) => user),
  );
  const userLines = [...backup.users.values()].filter((line) => line.deletedAtMs === null || named.has(line.ref));
  const users = yield* stageUsers(ports, userLines);

  const applications = new Map<number, ApplicationRow>();
  for (const { ref, owner, name, description, tier, createdAtMs } of lines) {
    const ownerId = users.get(owner)?.id;
    if (ownerId === undefined)
      throw new Error('An application of a backup lacks its owner. Parsing should have caught this.');
    const row = { name, ownerId, description, tier, createdAtMs, deletedAtMs: stagedDeletionMs };
    const application = ports.store.applications.insert(row);
    applications.set(ref, application);
    staged.add(application.id);
    if (applications.size % rowsPerStep === 0) yield { done: 0, total: 1 };
  }
  const keySets: { ref: number; row: KeySetRow; consumerKey: string }[] = [];
  for (const { ref, application, consumerKey, consumerSecret, ...rest } of keySetLines) {
    const applicationId = applications.get(application)?.id;
    if (applicationId === undefined) throw new Error('A key set of a backup lacks its application.');
    // The application that it replaces may still hold its consumer key.
    const placeholder = newConsumerCredential(ports.random);
    const row = ports.store.keySets.insert({ ...rest, applicationId, consumerKey: placeholder }, consumerSecret);
    keySets.push({ ref, row, consumerKey });
    if (keySets.length % rowsPerStep === 0) yield { done: 0, total: 1 };
  }
  const keySetIds = new Map(keySets.map(({ ref, row }) => [ref, row.id]));
  const tokens = yield* stageTokens(ports, backup, keySetIds, users);
  return { applications: [...applications.values()], applicationOf: applications, keySets, users, tokens };
}
