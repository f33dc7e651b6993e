import type { BackupLine } from '../../../preload/contract/backupFile.ts';
import { demandFreePlace } from '../apis/apiRules.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApplicationRow } from '../ports/store/applications.ts';
import { existingApi } from './compareApis.ts';
import type { Backup } from './parse.ts';

export const writeTier = ({ store, events }: Ports, line: BackupLine<'tier'>): void => {
  const existing = store.tiers.byName(line.level, line.name);
  const row = existing ? { ...existing, ...line } : store.tiers.insert(line);
  if (existing) store.tiers.update(row);
  events.emit('tiers.changed', { tierId: row.id });
};

/** Writes an API. Throws `conflict` if its paths belong to another one, and `not_found` for a missing tier. */
export const writeApi = (ports: Ports, { ref: _, ...line }: BackupLine<'api'>): void => {
  const existing = existingApi(ports, line);
  demandFreePlace(ports, line, existing?.id);
  const row = existing ? { ...line, id: existing.id } : ports.store.apis.insert(line);
  if (existing) ports.store.apis.update(row);
  ports.events.emit('apis.changed', { apiId: row.id });
};

/** The ids that the APIs of a backup have here. Those that were not imported and do not exist are left out. */
export const apiIdsOf = (ports: Ports, { apis }: Backup): ReadonlyMap<number, number> =>
  new Map(
    [...apis.values()].flatMap((line) => {
      const row = existingApi(ports, line);
      return row === undefined ? [] : [[line.ref, row.id] as const];
    }),
  );

/** Writes the subscriptions of imported applications, and returns their number. `applications` maps refs to new rows. */
export const writeSubscriptions = (
  ports: Ports,
  backup: Backup,
  applications: ReadonlyMap<number, ApplicationRow>,
  apiIds: ReadonlyMap<number, number>,
): number => {
  let written = 0;
  for (const { application, api, tier, state, createdAtMs } of backup.subscriptions) {
    const applicationId = applications.get(application)?.id;
    const apiId = apiIds.get(api);
    if (applicationId === undefined || apiId === undefined) continue;
    ports.store.subscriptions.insert({ applicationId, apiId, tier, state, createdAtMs });
    ports.events.emit('subscriptions.changed', { applicationId, apiId });
    written += 1;
  }
  return written;
};
