import type { Database } from 'better-sqlite3';
import type { UserClaims } from '../../preload/contract/userClaims.ts';
import type { Store } from '../engine/ports/store/store.ts';
import { noClaims, type UserRow } from '../engine/ports/store/users.ts';
import { type Context, createRowIds, mayChangeRules, parseColumn, parseList } from './context.ts';

interface UserRecord extends Omit<UserRow, 'roles' | 'claims' | 'enabled' | 'hasPassword'> {
  readonly roles: string;
  readonly claims: string;
  readonly enabled: 0 | 1;
  readonly passwordDigest: Uint8Array | null;
}

interface CachedUser {
  readonly row: UserRow;
  readonly passwordDigest: Uint8Array | null;
}

const columns = `id, uuid, name, user_store AS userStore, tenant_domain AS tenantDomain, roles, claims, enabled,
  created_at_ms AS createdAtMs, deleted_at_ms AS deletedAtMs, password_digest AS passwordDigest`;

const parseClaims = (json: string): UserClaims =>
  json === '{}' ? noClaims : { ...noClaims, ...parseColumn<Partial<UserClaims>>(json, 'users.claims') };

/** Stores the members that differ from "none". */
const claimsText = (claims: UserClaims): string => {
  const some = Object.entries(claims).filter(([, value]) =>
    typeof value === 'object' ? Object.keys(value).length > 0 : value !== '',
  );
  return JSON.stringify(Object.fromEntries(some));
};

const parse = ({ passwordDigest, roles, claims, enabled, ...rest }: UserRecord): CachedUser => ({
  row: {
    ...rest,
    roles: parseList(roles, 'users.roles'),
    claims: parseClaims(claims),
    enabled: enabled === 1,
    hasPassword: passwordDigest !== null,
  },
  passwordDigest,
});

/** Salted with the row id, so that equal passwords have different digests. */
const salted = (id: number, password: string): string => `${id}:${password}`;

const nameKey = (name: string, userStore: string, tenantDomain: string): string =>
  `${userStore}/${name.toLowerCase()}\n${tenantDomain}`;

function prepareStatements(db: Database) {
  const selectLiving = db.prepare<[], UserRecord>(
    `SELECT ${columns} FROM users WHERE deleted_at_ms IS NULL ORDER BY name_lower, id`,
  );
  const selectById = db.prepare<[number], UserRecord>(`SELECT ${columns} FROM users WHERE id = ?`);
  const selectId = db
    .prepare<[string, string, string], number>(
      `SELECT id FROM users
      WHERE name_lower = ? AND user_store = ? AND tenant_domain = ? AND deleted_at_ms IS NULL`,
    )
    .pluck();
  const selectPassword = db.prepare<[number], Uint8Array | null>('SELECT password FROM users WHERE id = ?').pluck();
  const insertRow = db.prepare(
    `INSERT INTO users (id, uuid, name, name_lower, user_store, tenant_domain, roles, enabled, created_at_ms, deleted_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateRow = db.prepare(
    `UPDATE users SET uuid = @uuid, name = @name, name_lower = @nameLower, user_store = @userStore, tenant_domain = @tenantDomain,
      roles = @roles, enabled = @enabled, deleted_at_ms = @deletedAtMs,
      claims = iif(@deletedAtMs IS NULL, @claims, '{}'),
      password = iif(@deletedAtMs IS NULL, password, NULL),
      password_digest = iif(@deletedAtMs IS NULL, password_digest, NULL)
    WHERE id = @id`,
  );
  const updatePassword = db.prepare<[Uint8Array, Uint8Array, number]>(
    'UPDATE users SET password = ?, password_digest = ? WHERE id = ?',
  );
  return { selectLiving, selectById, selectId, selectPassword, insertRow, updateRow, updatePassword };
}

/** The users in the database, with sealed passwords. */
export function createUsers(context: Context): Store['users'] {
  const { db, sealer, caches } = context;
  const ids = createRowIds(db, 'users');
  const cache = caches.create<number, CachedUser>(10_000);
  /** Ids of users that are not deleted. Any change of a user removes its entry. */
  const idOfName = caches.create<string, number>(10_000);

  const { selectLiving, selectById, selectId, selectPassword, insertRow, updateRow, updatePassword } =
    prepareStatements(db);

  const find = (id: number): CachedUser | undefined => {
    const cached = cache.get(id);
    if (cached !== undefined) return cached;
    const record = selectById.get(id);
    if (record === undefined) return undefined;
    const found = parse(record);
    cache.set(id, found);
    return found;
  };
  /** Call before a write to this user. */
  const forget = (id: number): void => {
    mayChangeRules(context);
    const row = find(id)?.row;
    if (row !== undefined) idOfName.delete(nameKey(row.name, row.userStore, row.tenantDomain));
    cache.delete(id);
  };
  const setPassword = (id: number, password: string): void => {
    const sealed = sealer.seal(password, 'users.password', id);
    updatePassword.run(sealed, sealer.digestSecret(salted(id, password)), id);
  };

  return {
    list: () => selectLiving.all().map((record) => parse(record).row),
    byId: (id) => find(id)?.row,
    byName(name, userStore, tenantDomain) {
      const key = nameKey(name, userStore, tenantDomain);
      const cached = idOfName.get(key);
      if (cached !== undefined) return find(cached)?.row;
      const id = selectId.get(name.toLowerCase(), userStore, tenantDomain);
      if (id === undefined) return undefined;
      idOfName.set(key, id);
      return find(id)?.row;
    },
    insert({ deletedAtMs = null, ...row }, password) {
      mayChangeRules(context);
      const id = ids.take();
      insertRow.run(
        id,
        row.uuid,
        row.name,
        row.name.toLowerCase(),
        row.userStore,
        row.tenantDomain,
        JSON.stringify(row.roles),
        row.enabled ? 1 : 0,
        row.createdAtMs,
        deletedAtMs,
      );
      if (password !== null) setPassword(id, password);
      return { ...row, id, claims: noClaims, hasPassword: password !== null, deletedAtMs };
    },
    update(row) {
      forget(row.id);
      updateRow.run({
        id: row.id,
        uuid: row.uuid,
        name: row.name,
        nameLower: row.name.toLowerCase(),
        userStore: row.userStore,
        tenantDomain: row.tenantDomain,
        roles: JSON.stringify(row.roles),
        claims: claimsText(row.claims),
        enabled: row.enabled ? 1 : 0,
        deletedAtMs: row.deletedAtMs,
      });
    },
    setPassword(id, password) {
      forget(id);
      setPassword(id, password);
    },
    passwordMark(id) {
      const digest = find(id)?.passwordDigest;
      return digest ? Buffer.from(digest).toString('base64url') : undefined;
    },
    revealPassword(id) {
      const sealed = selectPassword.get(id);
      return sealed ? sealer.open(sealed, 'users.password', id) : undefined;
    },
    passwordMatches(id, password) {
      const digest = find(id)?.passwordDigest;
      return digest ? sealer.matchesSecret(salted(id, password), digest) : false;
    },
  };
}
