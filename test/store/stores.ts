import { generateKeySync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Database } from 'better-sqlite3';
import type { NewToken, Tuple } from '../../main/engine/ports/store/tokens.ts';
import { createRandom } from '../../main/platform/random.ts';
import { openDatabase } from '../../main/store/database/open.ts';
import type { Sealer } from '../../main/store/sealer.ts';
import { createStore, type OpenStore } from '../../main/store/store.ts';
import { createSealer } from '../../main/vault/sealing/sealer.ts';

export const random = createRandom();
export const startMs = 1_800_000_000_000;

/** A folder that is removed with the test. */
export function temporaryFolder(t: Pick<TestContext, 'after'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-store-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const newSealer = (): Sealer =>
  createSealer(generateKeySync('aes', { length: 256 }), '0f8fad5b-d9cb-469f-a165-70867728950e', 1, random);

interface TestStore extends OpenStore {
  readonly db: Database;
  readonly file: string;
  readonly sealer: Sealer;
}

/** A store in a new folder, with access to its database. It is closed with the test. */
export async function openTestStore(
  t: Pick<TestContext, 'after'>,
  { file = join(temporaryFolder(t), 'keyfob.db'), sealer = newSealer() } = {},
): Promise<TestStore> {
  const db = await openDatabase(file);
  const opened = createStore(db, sealer);
  t.after(() => db.open && opened.close());
  return { ...opened, db, file, sealer };
}

export const newKeySet = {
  keyType: 'PRODUCTION',
  state: 'ACTIVE',
  grantTypes: ['password', 'client_credentials'],
  callbackUrl: '',
  publicClient: false,
  pkce: 'optional',
  pkcePlain: false,
  issueBehaviour: 'reuse',
  tokenFormat: 'opaque',
  applicationTokenValiditySeconds: 3600,
  userTokenValiditySeconds: 3600,
  refreshTokenValiditySeconds: 86_400,
  allowedOrigins: [],
  createdAtMs: startMs,
  server: null,
  servedHere: true,
} as const;

export const newUser = (name: string) => ({
  uuid: crypto.randomUUID() as string,
  name,
  userStore: 'PRIMARY',
  tenantDomain: 'carbon.super',
  roles: [],
  enabled: true,
  createdAtMs: startMs,
});

let keys = 0;
export const newConsumerKey = (): string => {
  keys += 1;
  return `consumer_key_${String(keys).padStart(15, '0')}`;
};

/** Creates a user with an application and a key set. */
export const seed = ({ store, commit }: OpenStore, name = 'ann') =>
  commit.submit(() => {
    const user = store.users.insert(newUser(name), 'a password');
    const application = store.applications.insert({
      name: `Shop of ${name}`,
      ownerId: user.id,
      description: '',
      tier: 'Unlimited',
      createdAtMs: startMs,
    });
    const keySet = store.keySets.insert(
      { ...newKeySet, applicationId: application.id, consumerKey: newConsumerKey() },
      'a consumer secret',
    );
    return { user, application, keySet };
  });

type Seeded = Awaited<ReturnType<typeof seed>>;

export const tupleOf = ({ user, keySet }: Seeded, scope = 'default', bindingRef = 'NONE'): Tuple => ({
  keySetId: keySet.id,
  userId: user.id,
  userType: 'APPLICATION_USER',
  scope,
  bindingRef,
});

export const newToken = (tuple: Tuple, refreshTokenId: number | null = null): NewToken => ({
  ...tuple,
  grantType: 'password',
  issuedAtMs: startMs,
  validityMs: 3_600_000,
  refreshTokenId,
  format: 'opaque',
  reason: { rule: 'issued_first', atMs: startMs },
});

/** The details of an end set at this time. */
export const endSet = (atMs = startMs) => ({ atMs, realTimeMs: atMs, reason: { rule: 'expiry_set', atMs } as const });

export const retirement = (tokenId: number, state: 'INACTIVE' | 'EXPIRED' | 'REVOKED' = 'REVOKED') => ({
  tokenId,
  state,
  stateId: random.uuid(),
  atMs: startMs + 1000,
  realTimeMs: startMs + 1000,
  reason: { rule: 'retired_revoked', atMs: startMs + 1000 } as const,
});
