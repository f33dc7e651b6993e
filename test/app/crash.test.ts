import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { openApp } from '../../main/app.ts';
import { passphrase } from '../helpers/app.ts';
import { fillFolder, type Keys } from '../helpers/filled.ts';
import { type Credentials, createOAuthClient } from '../helpers/oauthClient.ts';
import { type Chance, seeded } from '../helpers/seeded.ts';
import { type Ready, startServing, testFolder } from '../helpers/serving.ts';
import { askUntilGone, compare, emptyLedger, type Ledger } from './ledger.ts';

/** Of each of the two servers: while it answers; and as often as this, while it starts. */
const killsAtWork = 26;
const atWorkForOneAtStart = 6;
const firstStartsKilled = 8;
/** Between a kill and the one before, in replies. */
const repliesAtMost = 120;
/** Looked at again after each start, beside an odd lot of older ones. */
const newest = 200;
const oddLot = 50;

type Scheme = 'http' | 'https';

/** Runs a test on chance, and names the seed where it fails. */
const onChance = (name: string, run: (t: TestContext, chance: Chance) => Promise<void>) =>
  test(name, async (t) => {
    const seed = Number(process.env.CRASH_SEED ?? randomInt(2 ** 31));
    try {
      await run(t, seeded(seed));
    } catch (error) {
      throw new Error(`with CRASH_SEED=${seed}: ${error}`, { cause: error });
    }
  });

const clientOf = ({ port, httpPort, caFile }: Ready, scheme: Scheme, credentials: Credentials) =>
  scheme === 'http'
    ? createOAuthClient(`http://127.0.0.1:${httpPort}`, credentials)
    : createOAuthClient(`https://127.0.0.1:${port}`, credentials, readFileSync(caFile, 'utf8'));

/** Looks at a copy, so that the next start finds the files as the kill left them. */
function checkDatabase(folder: string): void {
  const copy = mkdtempSync(join(folder, 'copy-'));
  for (const name of ['keyfob.db', 'keyfob.db-wal']) {
    const file = join(folder, 'home', name);
    if (existsSync(file)) cpSync(file, join(copy, name));
  }
  const db = new Database(join(copy, 'keyfob.db'));
  assert.equal(db.pragma('integrity_check', { simple: true }), 'ok');
  const doubled = `SELECT count(*) FROM tokens NOT INDEXED WHERE state = 'ACTIVE'
    GROUP BY key_set_id, user_id, for_user, scope_hash, binding_ref HAVING count(*) > 1`;
  assert.deepEqual(db.prepare(doubled).all(), []);
  db.close();
  rmSync(copy, { recursive: true });
}

/** Starts, holds what is there against the ledger, works on, and is killed in the middle of that. */
async function killAtWork(
  t: TestContext,
  { folder, scheme, keys, ledger }: { folder: string; scheme: Scheme; keys: Keys; ledger: Ledger },
  chance: Chance,
): Promise<void> {
  const serving = startServing(t, folder);
  const client = clientOf(await serving.ready, scheme, keys.reusing);
  const { userTokens } = ledger;
  const older = userTokens.slice(0, -newest);
  const odd = new Set(Array.from({ length: oddLot }, () => chance(older.length)));
  const picked = older.filter(({ state }, at) => state === 'asked' || odd.has(at));
  await compare(client, ledger, [...picked, ...userTokens.slice(-newest)]);

  const killAfter = 1 + chance(repliesAtMost);
  const killLaterMs = chance(4);
  const onReply = (replies: number) => {
    if (replies === killAfter) setTimeout(() => serving.kill('SIGKILL'), killLaterMs);
  };
  await askUntilGone(client, keys, ledger, { chance, onReply });
  await serving.ended;
  client.close();
}

/** Starts, and is killed somewhere on the way. */
async function killAtStart(t: TestContext, folder: string, withinMs: number): Promise<void> {
  const serving = startServing(t, folder);
  await Promise.race([delay(withinMs), serving.ready]);
  serving.kill('SIGKILL');
  await serving.ended;
}

/** One start that ends in peace, as only that keeps what was compiled; how long it took. */
async function startOnce(t: TestContext, folder: string): Promise<number> {
  const before = performance.now();
  const serving = startServing(t, folder);
  await serving.ready;
  const tookMs = performance.now() - before;
  serving.kill('SIGTERM');
  await serving.ended;
  return tookMs;
}

/** Each token that was received is a row that its value finds, whatever its state. */
async function checkRows(home: string, { userTokens, renewed, reused }: Ledger): Promise<void> {
  const { call, vault, close } = await openApp({ folder: home });
  await vault.unlock(passphrase);
  for (const token of [...renewed, ...reused]) await call('tokens.read', { token });
  for (const { accessToken, refreshToken } of userTokens) {
    const revealed = await call('tokens.reveal', { token: accessToken });
    assert.deepEqual([revealed.accessToken, revealed.refreshToken], [accessToken, refreshToken]);
  }
  await close();
}

describe('what was answered outlives a kill at any instant', { concurrency: true }, () => {
  for (const scheme of ['http', 'https'] as const) {
    onChance(`of a server at work, over ${scheme}`, async (t, chance) => {
      const folder = testFolder(t);
      const home = join(folder, 'home');
      const keys = await fillFolder(home);
      const ledger = emptyLedger();
      const startMs = await startOnce(t, folder);
      for (let kill = 1; kill <= killsAtWork; kill += 1) {
        await killAtWork(t, { folder, scheme, keys, ledger }, chance);
        checkDatabase(folder);
        if (kill % atWorkForOneAtStart !== 0) continue;
        await killAtStart(t, folder, chance(startMs));
        checkDatabase(folder);
      }
      const serving = startServing(t, folder);
      const client = clientOf(await serving.ready, scheme, keys.reusing);
      await compare(client, ledger, ledger.userTokens);
      client.close();
      serving.kill('SIGKILL');
      await serving.ended;
      await checkRows(home, ledger);

      // Else the kills have shown nothing.
      const states = ledger.userTokens.map(({ state }) => state);
      assert.ok(states.filter((state) => state === 'live').length > killsAtWork);
      assert.ok(states.filter((state) => state === 'dead').length > killsAtWork);
      assert.ok(ledger.renewed.length > killsAtWork);
      assert.equal(ledger.reused.size, 1);
    });
  }
});

onChance('a first start that is killed leaves a folder that starts', async (t, chance) => {
  const startMs = await startOnce(t, testFolder(t));
  for (let kill = 0; kill < firstStartsKilled; kill += 1) {
    const folder = testFolder(t);
    await killAtStart(t, folder, ((kill + chance(1000) / 1000) / firstStartsKilled) * startMs);
    await startOnce(t, folder);
    checkDatabase(folder);
  }
});
