import type { Database } from 'better-sqlite3';
import type { Server } from '../../preload/contract/servers.ts';
import type { GrantType } from '../../preload/contract/values.ts';
import type { KeySetRow } from '../engine/ports/store/keys.ts';
import type { Store } from '../engine/ports/store/store.ts';
import { type Context, createRowIds, mayChangeRules, parseColumn, parseList } from './context.ts';

type Converted = 'grantTypes' | 'allowedOrigins' | 'publicClient' | 'pkcePlain' | 'server' | 'servedHere';

interface KeySetRecord extends Omit<KeySetRow, Converted> {
  readonly publicClient: 0 | 1;
  readonly pkcePlain: 0 | 1;
  readonly server: string | null;
  readonly servedHere: 0 | 1;
  readonly grantTypes: string;
  readonly allowedOrigins: string;
  readonly secretDigest: Uint8Array;
}

interface CachedKeySet {
  readonly row: KeySetRow;
  readonly secretDigest: Uint8Array;
}

const columns = `id, application_id AS applicationId, key_type AS keyType, consumer_key AS consumerKey, state,
  grant_types AS grantTypes, callback_url AS callbackUrl, public_client AS publicClient, pkce,
  pkce_plain AS pkcePlain, issue_behaviour AS issueBehaviour, token_format AS tokenFormat,
  application_token_validity_seconds AS applicationTokenValiditySeconds,
  user_token_validity_seconds AS userTokenValiditySeconds,
  refresh_token_validity_seconds AS refreshTokenValiditySeconds,
  allowed_origins AS allowedOrigins, created_at_ms AS createdAtMs, server, served_here AS servedHere,
  consumer_secret_digest AS secretDigest`;

const parse = ({
  secretDigest,
  grantTypes,
  allowedOrigins,
  publicClient,
  pkcePlain,
  server,
  servedHere,
  ...rest
}: KeySetRecord): CachedKeySet => ({
  row: {
    ...rest,
    publicClient: publicClient === 1,
    pkcePlain: pkcePlain === 1,
    server: server === null ? null : parseColumn<Server>(server, 'key_sets.server'),
    servedHere: servedHere === 1,
    grantTypes: parseList<GrantType>(grantTypes, 'key_sets.grant_types'),
    allowedOrigins: parseList(allowedOrigins, 'key_sets.allowed_origins'),
  },
  secretDigest,
});

/** Names the row and column, so that a digest copied to another row or column does not match. */
const salted = (id: number, consumerSecret: string): string => `key_sets.consumer_secret ${id}:${consumerSecret}`;

function prepareStatements(db: Database) {
  const selectById = db.prepare<[number], KeySetRecord>(`SELECT ${columns} FROM key_sets WHERE id = ?`);
  const selectId = db.prepare<[string], number>('SELECT id FROM key_sets WHERE consumer_key = ?').pluck();
  const selectOfApplication = db.prepare<[number], KeySetRecord>(
    `SELECT ${columns} FROM key_sets WHERE application_id = ? ORDER BY key_type`,
  );
  const selectOrigins = db
    .prepare<[], string>(
      `SELECT origin.value FROM applications CROSS JOIN key_sets ON key_sets.application_id = applications.id
      CROSS JOIN json_each(key_sets.allowed_origins) AS origin
      WHERE applications.deleted_at_ms IS NULL AND key_sets.state = 'ACTIVE' AND key_sets.served_here = 1`,
    )
    .pluck();
  const selectSecret = db.prepare<[number], Uint8Array>('SELECT consumer_secret FROM key_sets WHERE id = ?').pluck();
  const insertRow = db.prepare(
    `INSERT INTO key_sets (id, application_id, key_type, consumer_key, state, grant_types, callback_url,
      public_client, pkce, pkce_plain, issue_behaviour, token_format, application_token_validity_seconds,
      user_token_validity_seconds, refresh_token_validity_seconds, allowed_origins, created_at_ms, server, served_here,
      consumer_secret, consumer_secret_digest)
    VALUES (@id, @applicationId, @keyType, @consumerKey, @state, @grantTypes, @callbackUrl, @publicClient, @pkce,
      @pkcePlain, @issueBehaviour, @tokenFormat, @applicationTokenValiditySeconds, @userTokenValiditySeconds,
      @refreshTokenValiditySeconds, @allowedOrigins, @createdAtMs, @server, @servedHere, @secret, @secretDigest)`,
  );
  const updateRow = db.prepare(
    `UPDATE key_sets SET state = @state, grant_types = @grantTypes, callback_url = @callbackUrl,
      public_client = @publicClient, pkce = @pkce, pkce_plain = @pkcePlain,
      issue_behaviour = @issueBehaviour, token_format = @tokenFormat,
      application_token_validity_seconds = @applicationTokenValiditySeconds,
      user_token_validity_seconds = @userTokenValiditySeconds,
      refresh_token_validity_seconds = @refreshTokenValiditySeconds, allowed_origins = @allowedOrigins,
      server = @server, served_here = @servedHere
    WHERE id = @id`,
  );
  const updateSecret = db.prepare<[Uint8Array, Uint8Array, number]>(
    'UPDATE key_sets SET consumer_secret = ?, consumer_secret_digest = ? WHERE id = ?',
  );

  const updateConsumerKey = db.prepare<[string, number]>('UPDATE key_sets SET consumer_key = ? WHERE id = ?');
  return {
    selectById,
    selectId,
    selectOfApplication,
    selectOrigins,
    selectSecret,
    insertRow,
    updateRow,
    updateSecret,
    updateConsumerKey,
  };
}

/** The key sets in the database, with sealed consumer secrets. */
export function createKeySets(context: Context): Store['keySets'] {
  const { db, sealer, caches } = context;
  const ids = createRowIds(db, 'key_sets');
  const cache = caches.create<number, CachedKeySet>(2000);
  /** Never stale: ids are not reused, and a changed consumer key drops all caches. */
  const idOfConsumerKey = caches.create<string, number>(2000);

  const origins = caches.create<'all', { readonly version: number; readonly set: ReadonlySet<string> }>(1);

  const {
    selectById,
    selectId,
    selectOfApplication,
    selectOrigins,
    selectSecret,
    insertRow,
    updateRow,
    updateSecret,
    updateConsumerKey,
  } = prepareStatements(db);

  const find = (id: number): CachedKeySet | undefined => {
    const cached = cache.get(id);
    if (cached !== undefined) return cached;
    const record = selectById.get(id);
    if (record === undefined) return undefined;
    const found = parse(record);
    cache.set(id, found);
    idOfConsumerKey.set(record.consumerKey, id);
    return found;
  };
  const asText = (row: Omit<KeySetRow, 'id'>) => ({
    ...row,
    publicClient: row.publicClient ? 1 : 0,
    pkcePlain: row.pkcePlain ? 1 : 0,
    server: row.server && JSON.stringify(row.server),
    servedHere: row.servedHere ? 1 : 0,
    grantTypes: JSON.stringify(row.grantTypes),
    allowedOrigins: JSON.stringify(row.allowedOrigins),
  });

  return {
    byConsumerKey(consumerKey) {
      const id = idOfConsumerKey.get(consumerKey) ?? selectId.get(consumerKey);
      return id === undefined ? undefined : find(id)?.row;
    },
    byId: (id) => find(id)?.row,
    ofApplication: (applicationId) => selectOfApplication.all(applicationId).map((record) => parse(record).row),
    insert(row, consumerSecret) {
      mayChangeRules(context);
      const id = ids.take();
      const secret = sealer.seal(consumerSecret, 'key_sets.consumer_secret', id);
      insertRow.run({ ...asText(row), id, secret, secretDigest: sealer.digestSecret(salted(id, consumerSecret)) });
      return { ...row, id };
    },
    update(row) {
      mayChangeRules(context);
      cache.delete(row.id);
      updateRow.run({ ...asText(row), id: row.id });
    },
    setSecret(id, consumerSecret) {
      mayChangeRules(context);
      cache.delete(id);
      const secret = sealer.seal(consumerSecret, 'key_sets.consumer_secret', id);
      updateSecret.run(secret, sealer.digestSecret(salted(id, consumerSecret)), id);
    },
    setConsumerKey(id, consumerKey) {
      mayChangeRules(context);
      caches.drop();
      updateConsumerKey.run(consumerKey, id);
    },
    revealSecret(id) {
      const sealed = selectSecret.get(id);
      if (sealed === undefined) throw new Error(`There is no key set ${id}.`);
      return sealer.open(sealed, 'key_sets.consumer_secret', id);
    },
    secretMatches(id, consumerSecret) {
      const found = find(id);
      return found !== undefined && sealer.matchesSecret(salted(id, consumerSecret), found.secretDigest);
    },
    allowedOrigins() {
      const { version } = context.rules;
      const cached = origins.get('all');
      if (cached?.version === version) return cached.set;
      const set = new Set(selectOrigins.all());
      origins.set('all', { version, set });
      return set;
    },
  };
}
