import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import { openApp } from '../../main/app/app.ts';
import { passphrase } from '../helpers/app.ts';
import { type Credentials, createOAuthClient, type OAuthClient } from '../helpers/oauthClient.ts';
import { type Chance, seeded } from '../helpers/seeded.ts';
import type { Ready } from '../helpers/serving.ts';
import { type ClientState, compare } from './clientState.ts';

/** The newest tokens are checked after each start, with a random sample of older ones. */
const newest = 200;
const oddLot = 50;

export type Scheme = 'http' | 'https';

/** Runs a test with a random seed, and prints the seed. */
export const onChance = (name: string, run: (t: TestContext, chance: Chance) => Promise<void>) =>
  test(name, async (t) => {
    const seed = Number(process.env.CRASH_SEED ?? randomInt(2 ** 31));
    t.diagnostic(`CRASH_SEED=${seed}`);
    try {
      await run(t, seeded(seed));
    } catch (error) {
      throw new Error(`with CRASH_SEED=${seed}: ${error}`, { cause: error });
    }
  });

export const clientOf = ({ port, httpPort, caFile }: Ready, scheme: Scheme, credentials: Credentials) =>
  scheme === 'http'
    ? createOAuthClient(`http://127.0.0.1:${httpPort}`, credentials)
    : createOAuthClient(`https://127.0.0.1:${port}`, credentials, readFileSync(caFile, 'utf8'));

/** Checks a copy, so that the next start finds the files as the kill left them. */
export function checkDatabase(folder: string): void {
  const copy = mkdtempSync(join(folder, 'copy-'));
  for (const name of ['keyfob.db', 'keyfob.db-wal']) {
    const file = join(folder, 'home', name);
    if (existsSync(file)) cpSync(file, join(copy, name));
  }
  const db = new Database(join(copy, 'keyfob.db'));
  assert.equal(db.pragma('integrity_check', { simple: true }), 'ok');
  const doubled = `SELECT count(*) FROM tokens NOT INDEXED WHERE state = 2
    GROUP BY key_set_id, user_id, for_user, scope_set_id, binding_ref HAVING count(*) > 1`;
  assert.deepEqual(db.prepare(doubled).all(), []);
  db.close();
  rmSync(copy, { recursive: true });
}

/** Compares the newest tokens and a random sample of older ones with the server. */
export async function compareSample(client: OAuthClient, known: ClientState, chance: Chance): Promise<void> {
  const { userTokens } = known;
  const older = userTokens.slice(0, -newest);
  const odd = new Set(Array.from({ length: oddLot }, () => chance(older.length)));
  const picked = older.filter(({ state }, at) => state === 'pending' || odd.has(at));
  await compare(client, known, [...picked, ...userTokens.slice(-newest)]);
}

/** Each received token must be found by its value, in any state. */
export async function checkRows(home: string, { userTokens, renewed, reused }: ClientState): Promise<void> {
  const { call, vault, close } = await openApp({ folder: home });
  await vault.unlock(passphrase);
  for (const token of [...renewed, ...reused]) await call('tokens.read', { token });
  for (const { accessToken, refreshToken } of userTokens) {
    const revealed = await call('tokens.reveal', { token: accessToken });
    assert.deepEqual([revealed.accessToken, revealed.refreshToken], [accessToken, refreshToken]);
  }
  await close();
}
