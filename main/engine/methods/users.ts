import type { Handlers } from '../../../preload/contract/index.ts';
import { readAsTenant } from '../../../preload/contract/usernames.ts';
import type { User } from '../../../preload/contract/users.ts';
import { ownerOf } from '../clients/client.ts';
import { badInput, conflict, notFound } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { UserRow } from '../ports/store/users.ts';
import { findUser, livingApplications } from '../references.ts';
import { revokeTokensOf } from '../tokens/retire.ts';
import { displayName, parseUsername } from '../usernames.ts';
import { ownedApplications } from './applications.ts';
import { deleteSetsOfUser } from './deviceSets.ts';

/** Creates the owner of a new vault: role admin, no password. Does nothing once a user exists. */
export const seed = ({ store, clock, random }: Ports): void => {
  if (store.users.list().length > 0) return;
  store.users.insert(
    {
      ...parseUsername('admin'),
      uuid: random.uuid(),
      roles: ['admin'],
      enabled: true,
      createdAtMs: clock.realTimeMs(),
    },
    null,
  );
};

const view = (ports: Ports, row: UserRow): User => ({
  id: row.id,
  uuid: row.uuid,
  username: displayName(row),
  userStore: row.userStore,
  tenantDomain: row.tenantDomain,
  roles: [...row.roles],
  claims: row.claims,
  enabled: row.enabled,
  hasPassword: row.hasPassword,
  ownsApplications: livingApplications(ports).filter(({ ownerId }) => ownerId === row.id).length,
  createdAtMs: row.createdAtMs,
});

const changed = ({ events }: Ports, userId: number): void => {
  events.emit('users.changed', { userId });
};

/** A hint on a new user whose tenant has no application: the whole e-mail address may be the intended name. */
const tenantNote = (ports: Ports, username: string, { tenantDomain }: UserRow): string | undefined => {
  const read = readAsTenant(username);
  if (read?.tenantDomain !== tenantDomain) return undefined;
  if (livingApplications(ports).some((row) => ownerOf(ports, row).tenantDomain === tenantDomain)) return undefined;
  return `${read.name} is in the tenant ${tenantDomain}, which has no application. If the whole address is the user's name, create ${read.emailName} instead, or turn on the setting emailUsernames first.`;
};

const unique = (roles: readonly string[]): readonly string[] => [...new Set(roles)];

export const userHandlers = (ports: Ports): Handlers['users'] => ({
  list: () => ({ items: ports.store.users.list().map((row) => view(ports, row)) }),
  create: ({ username, password, roles }) => {
    const parsed = parseUsername(username, ports.store.settings.read().emailUsernames);
    // Refuse the other reading as well: lists would show both users by the same name.
    for (const { name, userStore, tenantDomain } of [parsed, parseUsername(username)]) {
      if (/^@|@$|^$/.test(name) || tenantDomain === '') {
        throw badInput('username', 'A username needs a name before the @ and a tenant domain after it.');
      }
      if (ports.store.users.byName(name, userStore, tenantDomain) !== undefined) {
        throw conflict('username', `A user named "${username}" already exists. Choose another name.`);
      }
    }
    const row = ports.store.users.insert(
      {
        ...parsed,
        uuid: ports.random.uuid(),
        roles: unique(roles),
        enabled: true,
        createdAtMs: ports.clock.realTimeMs(),
      },
      password,
    );
    changed(ports, row.id);
    const note = tenantNote(ports, username, row);
    return { ...view(ports, row), ...(note !== undefined && { note }) };
  },
  setRoles: ({ user, roles }) => {
    const row = { ...findUser(ports, user), roles: unique(roles) };
    ports.store.users.update(row);
    changed(ports, row.id);
    return view(ports, row);
  },
  setClaims: ({ user, ...changes }) => {
    const before = findUser(ports, user);
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    const claims = { ...before.claims, ...Object.fromEntries(given) };
    const row = { ...before, claims: { ...claims, groups: [...unique(claims.groups)] } };
    ports.store.users.update(row);
    changed(ports, row.id);
    return view(ports, row);
  },
  setPassword: ({ user, password }) => {
    const row = findUser(ports, user);
    ports.store.users.setPassword(row.id, password);
    const tokensRevoked = revokeTokensOf(row, ports, 'retired_password_changed');
    changed(ports, row.id);
    return { ...view(ports, { ...row, hasPassword: true }), tokensRevoked };
  },
  disable: ({ user }) => {
    const row = { ...findUser(ports, user), enabled: false };
    ports.store.users.update(row);
    const tokensRevoked = revokeTokensOf(row, ports, 'retired_user_disabled');
    changed(ports, row.id);
    return { ...view(ports, row), tokensRevoked };
  },
  enable: ({ user }) => {
    const row = { ...findUser(ports, user), enabled: true };
    ports.store.users.update(row);
    changed(ports, row.id);
    return view(ports, row);
  },
  reveal: ({ user }) => {
    const row = findUser(ports, user);
    const password = ports.store.users.revealPassword(row.id);
    if (password === undefined) throw notFound('user', `${displayName(row)} has no password yet. Set one first.`);
    return { username: displayName(row), password };
  },
  delete: ({ user }) => {
    const row = findUser(ports, user);
    const owned = ownedApplications(ports, row.id);
    if (owned.length > 0) {
      const names = owned.map(({ name }) => `"${name}"`).join(', ');
      throw conflict('user', `${displayName(row)} owns ${names}. Give them another owner, or delete them first.`);
    }
    const tokensRevoked = revokeTokensOf(row, ports, 'retired_user_deleted');
    ports.store.users.update({ ...row, deletedAtMs: ports.clock.realTimeMs() });
    deleteSetsOfUser(ports, row.id);
    changed(ports, row.id);
    return { id: row.id, username: displayName(row), tokensRevoked };
  },
});
