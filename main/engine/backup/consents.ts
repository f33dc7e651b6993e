import type { BackupLine } from '../../../preload/contract/backupFile.ts';
import type { Ports } from '../ports/ports.ts';
import { displayName } from '../usernames.ts';
import { sameSet } from './items.ts';
import type { Backup } from './parse.ts';
import type { Staged } from './stage.ts';

/** The remembered consents of living users. Codes are left out: they live for five minutes. */
export const exportConsents = ({ store }: Ports, keySetIds: ReadonlySet<number>): readonly BackupLine<'consent'>[] =>
  store.consents
    .list()
    .filter(({ keySetId, userId }) => keySetIds.has(keySetId) && store.users.byId(userId)?.deletedAtMs === null)
    .map(({ keySetId: keySet, userId: user, scope, approvedAtMs }) => ({ keySet, user, scope, approvedAtMs }));

/** Whether the users remembered here and in the backup approved the same. `ref` is the line of the existing key set. */
export const sameConsents = (ports: Ports, { users, consents }: Backup, keySetId: number, ref: number): boolean => {
  const mine = exportConsents(ports, new Set([keySetId])).map(({ user, scope }) => {
    const row = ports.store.users.byId(user);
    return `${row && displayName(row)} ${scope}`.toLowerCase();
  });
  const theirs = consents
    .filter(({ keySet }) => keySet === ref)
    .map(({ user, scope }) => `${users.get(user)?.username} ${scope}`.toLowerCase());
  return sameSet(mine, theirs);
};

/** Writes the consents of imported key sets, and returns their number. Users that were not imported have none. */
export const writeConsents = ({ store, events }: Ports, { consents }: Backup, staged: Staged): number => {
  const keySetIds = new Map(staged.keySets.map(({ ref, row }) => [ref, row.id]));
  let written = 0;
  for (const { keySet, user, scope, approvedAtMs } of consents) {
    const keySetId = keySetIds.get(keySet);
    const userId = staged.users.get(user)?.id;
    if (keySetId === undefined || userId === undefined || store.users.byId(userId)?.deletedAtMs !== null) continue;
    store.consents.save({ keySetId, userId, scope, approvedAtMs });
    events.emit('consents.changed', { userId });
    written += 1;
  }
  return written;
};
