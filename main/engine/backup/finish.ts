import type { BackupContents } from '../../../preload/contract/backup.ts';
import type { BackupLine } from '../../../preload/contract/backupFile.ts';
import type { Settings } from '../../../preload/contract/settings.ts';
import { newConsumerCredential } from '../clients/consumerCredentials.ts';
import { conflict } from '../errors.ts';
import type { ApplicationRow } from '../ports/applicationStore.ts';
import type { Ports } from '../ports/ports.ts';
import type { UserRow } from '../ports/userStore.ts';
import { revokeTokensOf } from '../tokens/retire.ts';
import { compareOne } from './compare.ts';
import { replacesOf } from './compareApplications.ts';
import type { Compared } from './items.ts';
import type { Backup } from './parse.ts';
import { type Staged, stagedDeletionMs } from './stage.ts';

const changedMeanwhile = (item: string) =>
  conflict(
    'file',
    `${item} was changed here while the backup was taken over, so nothing was; look again, and repeat it.`,
  );

/** An application that gives way is dead at once, for good, and leaves its consumer keys to who comes in its place. */
const replace = (ports: Ports, row: ApplicationRow): void => {
  const { applications, keySets } = ports.store;
  for (const { id } of keySets.ofApplication(row.id)) keySets.setConsumerKey(id, newConsumerCredential(ports.random));
  applications.update({ ...row, deletedAtMs: stagedDeletionMs });
  ports.events.emit('applications.changed', { applicationId: row.id });
};

/** As a new password or a disabling would, but for what the backup brings: its tokens are as they were. */
const writeUser = (ports: Ports, line: BackupLine<'user'>, row: UserRow, keySetIds: ReadonlySet<number>): void => {
  const { users } = ports.store;
  const isNew = row.deletedAtMs !== null;
  const wasEnabled = users.byId(row.id)?.enabled ?? false;
  const before = isNew ? undefined : users.revealPassword(row.id);
  users.update({ ...row, roles: line.roles, enabled: line.enabled, deletedAtMs: null });
  if (line.password !== null && line.password !== before) users.setPassword(row.id, line.password);
  const isOthers = ({ keySetId }: { readonly keySetId: number }) => !keySetIds.has(keySetId);
  if (before !== undefined && line.password !== null && line.password !== before) {
    revokeTokensOf(row, ports, 'retired_password_changed', isOthers);
  }
  if (!isNew && wasEnabled && !line.enabled) revokeTokensOf(row, ports, 'retired_user_disabled', isOthers);
  ports.events.emit('users.changed', { userId: row.id });
};

const writeScope = ({ store, events }: Ports, line: BackupLine<'scope'>): void => {
  const here = store.scopes.byName(line.name);
  if (here === undefined) store.scopes.insert(line);
  else store.scopes.update({ ...here, ...line });
  events.emit('scopes.changed', { name: line.name });
};

const writeSettings = (ports: Ports, theirs: Settings, names: readonly (keyof Settings)[]): void => {
  if (names.length === 0) return;
  const taken = Object.fromEntries(names.map((name) => [name, theirs[name]]));
  const settings: Settings = { ...ports.store.settings.read(), ...taken };
  ports.store.settings.write(settings);
  ports.events.emit('settings.changed', {});
};

/** Throws `conflict` unless everything that is to be written stands to what is here as it did when it was chosen. */
const demandUnchanged = (ports: Ports, backup: Backup, write: readonly Compared[]): void => {
  for (const { item, state, why, subject } of write) {
    if (subject.kind === 'application') {
      const now = replacesOf(ports, backup, subject.line).replaces;
      // The row as a whole: name, owner and the rest as well.
      if (JSON.stringify(now) !== JSON.stringify(subject.replaces)) throw changedMeanwhile(item);
    } else {
      const now = compareOne(ports, backup, subject);
      if (now.state !== state || now.why !== why) throw changedMeanwhile(item);
    }
  }
};

/** Throws `conflict` when a user whom rows name was deleted here meanwhile. */
const demandUsers = (ports: Ports, backup: Backup, write: readonly Compared[], staged: Staged): void => {
  const written = new Set(write.flatMap(({ subject }) => (subject.kind === 'user' ? [subject.line.ref] : [])));
  for (const { ref, username, deletedAtMs } of backup.users.values()) {
    const row = staged.users.get(ref);
    if (row === undefined || deletedAtMs !== null || written.has(ref)) continue;
    if (ports.store.users.byId(row.id)?.deletedAtMs !== null) throw changedMeanwhile(`user:${username}`);
  }
};

/**
 * Makes what was staged live, and writes the rest. Must run in a transaction. Throws `conflict` when what is here was
 * changed since it was compared.
 */
export const finish = (ports: Ports, backup: Backup, write: readonly Compared[], staged: Staged): BackupContents => {
  demandUnchanged(ports, backup, write);
  demandUsers(ports, backup, write, staged);
  const { applications, keySets, backup: out } = ports.store;
  const subjects = write.map(({ subject }) => subject);
  for (const subject of subjects) {
    if (subject.kind === 'application') for (const row of subject.replaces) replace(ports, row);
  }
  for (const { row, consumerKey } of staged.keySets) keySets.setConsumerKey(row.id, consumerKey);
  for (const row of staged.applications) {
    applications.update({ ...row, deletedAtMs: null });
    ports.events.emit('applications.changed', { applicationId: row.id });
    ports.events.emit('keys.changed', { applicationId: row.id });
  }
  const keySetIds = new Set(staged.keySets.map(({ row }) => row.id));
  const users = subjects.flatMap((subject) => (subject.kind === 'user' ? [subject.line] : []));
  for (const line of users) {
    const row = staged.users.get(line.ref);
    if (row !== undefined) writeUser(ports, line, row, keySetIds);
  }
  const scopes = subjects.flatMap((subject) => (subject.kind === 'scope' ? [subject.line] : []));
  for (const line of scopes) writeScope(ports, line);
  const settings = subjects.flatMap((subject) => (subject.kind === 'setting' ? [subject.name] : []));
  if (backup.settings !== undefined) writeSettings(ports, backup.settings, settings);
  out.dropCaches();
  ports.events.emit('tokens.changed', {});
  return {
    applications: staged.applications.length,
    keySets: staged.keySets.length,
    tokens: staged.tokens,
    users: users.length,
    scopes: scopes.length,
    settings: settings.length,
  };
};
