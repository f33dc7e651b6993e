import type { Application } from '../../../preload/contract/applications.ts';
import type { Handlers } from '../../../preload/contract/index.ts';
import { findTier } from '../apis/tierRules.ts';
import { ownerOf } from '../clients/client.ts';
import { conflict, notFound } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApplicationRow } from '../ports/store/applications.ts';
import { findApplication, findUser, livingApplications } from '../references.ts';
import { displayName } from '../usernames.ts';
import { patched } from './shared/patched.ts';

/** How long a deletion can be undone, in real time. */
const undoMs = 8000;

const isRestorable = ({ clock }: Ports, { deletedAtMs }: ApplicationRow): boolean =>
  deletedAtMs !== null && clock.realTimeMs() - deletedAtMs <= undoMs;

/** The applications of an owner: living ones, and deleted ones that can still be restored. */
export const ownedApplications = (ports: Ports, userId: number): readonly ApplicationRow[] =>
  ports.store.applications
    .list()
    .filter((row) => row.ownerId === userId && (row.deletedAtMs === null || isRestorable(ports, row)));

const view = (ports: Ports, row: ApplicationRow): Application => {
  const keySets = ports.store.keySets.ofApplication(row.id);
  return {
    id: row.id,
    name: row.name,
    owner: displayName(ownerOf(ports, row)),
    description: row.description,
    tier: row.tier,
    keyTypes: keySets.map(({ keyType }) => keyType).sort(),
    activeTokens: keySets.length === 0 ? 0 : ports.store.tokens.countActive(keySets.map(({ id }) => id)),
    createdAtMs: row.createdAtMs,
  };
};

const demandFreeName = ({ store }: Ports, name: string, exceptId?: number): void => {
  const other = store.applications.byName(name);
  if (other !== undefined && other.id !== exceptId) {
    throw conflict('name', `An application named "${name}" already exists. Choose another name.`);
  }
};

const changed = ({ events }: Ports, applicationId: number): void => {
  events.emit('applications.changed', { applicationId });
};

/** Small enough that a transaction is short. */
const purgedPerStep = 1000;

/**
 * Purges one batch of a deleted application whose undo time is over. `isStaged` tells the applications of a running
 * import, which stay. Returns true when nothing is left to purge.
 */
export const purgeDeletedApplications = (ports: Ports, isStaged: (id: number) => boolean): boolean => {
  const { applications } = ports.store;
  const lapsed = applications
    .list()
    .find((row) => row.deletedAtMs !== null && !isRestorable(ports, row) && !isStaged(row.id));
  if (lapsed === undefined) return true;
  if (applications.purge(lapsed.id, purgedPerStep)) changed(ports, lapsed.id);
  return false;
};

export const applicationHandlers = (ports: Ports): Handlers['applications'] => ({
  list: () => ({ items: livingApplications(ports).map((row) => view(ports, row)) }),
  read: ({ application }) => view(ports, findApplication(ports, application)),
  create: ({ name, owner, description, tier }) => {
    demandFreeName(ports, name);
    const ownerId = findUser(ports, owner, 'owner').id;
    findTier(ports, 'application', tier, 'tier');
    const createdAtMs = ports.clock.realTimeMs();
    const row = ports.store.applications.insert({ name, ownerId, description, tier, createdAtMs });
    changed(ports, row.id);
    return view(ports, row);
  },
  update: ({ application, name, owner, description, tier }) => {
    const before = findApplication(ports, application);
    if (name !== undefined) demandFreeName(ports, name, before.id);
    // Earlier versions took any text. It stays, and counts as Unlimited.
    if (tier !== undefined && tier !== before.tier) findTier(ports, 'application', tier, 'tier');
    const ownerId = owner === undefined ? undefined : findUser(ports, owner, 'owner').id;
    const row = patched(before, { name, ownerId, description, tier });
    ports.store.applications.update(row);
    changed(ports, row.id);
    return view(ports, row);
  },
  delete: ({ application }) => {
    const row = findApplication(ports, application);
    const tokensRevoked = view(ports, row).activeTokens;
    const deletedAtMs = ports.clock.realTimeMs();
    ports.store.applications.update({ ...row, deletedAtMs });
    changed(ports, row.id);
    ports.events.emit('tokens.changed', {});
    return { id: row.id, name: row.name, tokensRevoked, undoUntilMs: deletedAtMs + undoMs };
  },
  restore: ({ application }) => {
    const named = ports.store.applications
      .list()
      .filter((row) => row.deletedAtMs === null || isRestorable(ports, row))
      .filter(({ id, name }) => name === application || String(id) === application);
    // The last deleted one wins: several can have the same name.
    const [row] = named.toSorted((a, b) => (b.deletedAtMs ?? 0) - (a.deletedAtMs ?? 0) || b.id - a.id);
    if (row === undefined) {
      throw notFound('application', 'This application is gone for good: a deletion can be undone for 8 seconds only.');
    }
    if (row.deletedAtMs === null) return view(ports, row);
    demandFreeName(ports, row.name);
    const restored = { ...row, deletedAtMs: null };
    ports.store.applications.update(restored);
    changed(ports, row.id);
    ports.events.emit('tokens.changed', {});
    return view(ports, restored);
  },
});
