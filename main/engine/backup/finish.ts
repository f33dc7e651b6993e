import type { BackupContents } from '../../../preload/contract/backup.ts';
import type { BackupLine } from '../../../preload/contract/backupFile.ts';
import type { Settings } from '../../../preload/contract/settings/settings.ts';
import { newConsumerCredential } from '../clients/consumerCredentials.ts';
import { conflict } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApplicationRow } from '../ports/store/applications.ts';
import type { UserRow } from '../ports/store/users.ts';
import { revokeTokensOf } from '../tokens/retire.ts';
import { compareOne } from './compare.ts';
import { replacesOf } from './compareApplications.ts';
import { writeConsents } from './consents.ts';
import { writeDeviceSets } from './deviceSets.ts';
import type { Compared, Subject } from './items.ts';
import type { Backup } from './parse.ts';
import { writeSigningKeys } from './signingKeys.ts';
import { type Staged, stagedDeletionMs } from './stage.ts';
import { apiIdsOf, writeApi, writeSubscriptions, writeTier } from './writeApis.ts';

const changedSince = (item: string) =>
  conflict(
    'file',
    `${item} changed during the import, so nothing was imported. Check the preview again, then repeat the import.`,
  );

/** Deletes a replaced application at once and for good. The new one takes over its consumer keys. */
const replace = (ports: Ports, row: ApplicationRow): void => {
  const { applications, keySets } = ports.store;
  for (const { id } of keySets.ofApplication(row.id)) keySets.setConsumerKey(id, newConsumerCredential(ports.random));
  applications.update({ ...row, deletedAtMs: stagedDeletionMs });
  ports.events.emit('applications.changed', { applicationId: row.id });
};

/** Writes a user. A new password or a disabling revokes existing tokens, but not the imported ones. */
const writeUser = (ports: Ports, line: BackupLine<'user'>, row: UserRow, keySetIds: ReadonlySet<number>): void => {
  const { users } = ports.store;
  const isNew = row.deletedAtMs !== null;
  const wasEnabled = users.byId(row.id)?.enabled ?? false;
  const before = isNew ? undefined : users.revealPassword(row.id);
  const { roles, enabled, claims = row.claims, uuid = row.uuid } = line;
  users.update({ ...row, uuid, roles, enabled, claims, deletedAtMs: null });
  if (line.password !== null && line.password !== before) users.setPassword(row.id, line.password);
  const isExisting = ({ keySetId }: { readonly keySetId: number }) => !keySetIds.has(keySetId);
  if (before !== undefined && line.password !== null && line.password !== before) {
    revokeTokensOf(row, ports, 'retired_password_changed', isExisting);
  }
  if (!isNew && wasEnabled && !line.enabled) revokeTokensOf(row, ports, 'retired_user_disabled', isExisting);
  ports.events.emit('users.changed', { userId: row.id });
};

const writeScope = (
  { store, events }: Ports,
  { apis, ...line }: BackupLine<'scope'>,
  knownApis: ReadonlyMap<number, number>,
): void => {
  const apiIds = apis.flatMap((ref) => knownApis.get(ref) ?? []);
  const existing = store.scopes.byName(line.name);
  if (existing === undefined) store.scopes.insert({ ...line, apiIds });
  else store.scopes.update({ ...existing, ...line, apiIds });
  events.emit('scopes.changed', { name: line.name });
};

const writeSettings = (ports: Ports, theirs: Settings, names: readonly (keyof Settings)[]): void => {
  if (names.length === 0) return;
  const chosen = Object.fromEntries(names.map((name) => [name, theirs[name]]));
  const settings: Settings = { ...ports.store.settings.read(), ...chosen };
  ports.store.settings.write(settings);
  ports.events.emit('settings.changed', {});
};

/** Throws `conflict` if an existing row changed since the choices were made. */
const demandUnchanged = (ports: Ports, backup: Backup, write: readonly Compared[]): void => {
  for (const { item, state, why, subject } of write) {
    if (subject.kind === 'application') {
      const now = replacesOf(ports, backup, subject.line).replaces;
      // Compares the whole rows, including name and owner.
      if (JSON.stringify(now) !== JSON.stringify(subject.replaces)) throw changedSince(item);
    } else {
      const now = compareOne(ports, backup, subject);
      if (now.state !== state || now.why !== why) throw changedSince(item);
    }
  }
};

/** Throws `conflict` if a user of an imported row was deleted since. */
const demandUsers = (ports: Ports, backup: Backup, write: readonly Compared[], staged: Staged): void => {
  const written = new Set(write.flatMap(({ subject }) => (subject.kind === 'user' ? [subject.line.ref] : [])));
  for (const { ref, username, deletedAtMs } of backup.users.values()) {
    const row = staged.users.get(ref);
    if (row === undefined || deletedAtMs !== null || written.has(ref)) continue;
    if (ports.store.users.byId(row.id)?.deletedAtMs !== null) throw changedSince(`user:${username}`);
  }
};

type LineKind = 'signingKey' | 'tier' | 'api' | 'scope' | 'user';

const linesOf = <K extends LineKind>(subjects: readonly Subject[], kind: K): readonly BackupLine<K>[] =>
  subjects.flatMap((subject) => (isOf(subject, kind) ? [subject.line] : []));

const isOf = <K extends LineKind>(
  subject: Subject,
  kind: K,
): subject is Extract<Subject, { kind: K }> & { line: BackupLine<K> } => subject.kind === kind;

/**
 * Makes the staged rows live and writes the rest. Must run in a transaction. Throws `conflict` if existing data changed
 * since it was compared.
 */
export const finish = (ports: Ports, backup: Backup, write: readonly Compared[], staged: Staged): BackupContents => {
  demandUnchanged(ports, backup, write);
  demandUsers(ports, backup, write, staged);
  const { applications, keySets } = ports.store;
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
  const signingKeys = linesOf(subjects, 'signingKey');
  writeSigningKeys(ports, signingKeys);
  // Applications, APIs and scopes name tiers and APIs, so these come first.
  for (const line of linesOf(subjects, 'tier')) writeTier(ports, line);
  for (const line of linesOf(subjects, 'api')) writeApi(ports, line);
  const apiIds = apiIdsOf(ports, backup);
  const subscriptions = writeSubscriptions(ports, backup, staged.applicationOf, apiIds);
  const keySetIds = new Set(staged.keySets.map(({ row }) => row.id));
  const users = linesOf(subjects, 'user');
  for (const line of users) {
    const row = staged.users.get(line.ref);
    if (row !== undefined) writeUser(ports, line, row, keySetIds);
  }
  const consents = writeConsents(ports, backup, staged);
  const deviceSets = writeDeviceSets(ports, backup, staged);
  const scopes = linesOf(subjects, 'scope');
  for (const line of scopes) writeScope(ports, line, apiIds);
  const settings = subjects.flatMap((subject) => (subject.kind === 'setting' ? [subject.name] : []));
  if (backup.settings !== undefined) writeSettings(ports, backup.settings, settings);
  ports.store.backup.dropCaches();
  ports.events.emit('tokens.changed', {});
  return {
    applications: staged.applications.length,
    keySets: staged.keySets.length,
    tokens: staged.tokens,
    users: users.length,
    scopes: scopes.length,
    tiers: linesOf(subjects, 'tier').length,
    apis: linesOf(subjects, 'api').length,
    subscriptions,
    consents,
    deviceSets,
    settings: settings.length,
    signingKeys: signingKeys.length,
  };
};
