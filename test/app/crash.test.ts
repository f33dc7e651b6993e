import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fillFolder, type Keys } from '../helpers/filled.ts';
import type { Chance } from '../helpers/seeded.ts';
import { startServing, testFolder } from '../helpers/serving.ts';
import { checkDatabase, checkRows, clientOf, compareSome, onChance, type Scheme } from './kills.ts';
import { askUntilGone, compare, emptyLedger, type Ledger } from './ledger.ts';

/** Of each of the two servers: while it answers; and as often as this, while it starts. */
const killsAtWork = 26;
const atWorkForOneAtStart = 6;
const firstStartsKilled = 8;
/** Between a kill and the one before, in replies. */
const repliesAtMost = 120;

/** Starts, holds what is there against the ledger, works on, and is killed in the middle of that. */
async function killAtWork(
  t: TestContext,
  { folder, scheme, keys, ledger }: { folder: string; scheme: Scheme; keys: Keys; ledger: Ledger },
  chance: Chance,
): Promise<void> {
  const serving = startServing(t, folder);
  const client = clientOf(await serving.ready, scheme, keys.reusing);
  await compareSome(client, ledger, chance);

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

describe('keeps answered changes after a kill at any moment', { concurrency: true }, () => {
  for (const scheme of ['http', 'https'] as const) {
    onChance(`of a busy server, over ${scheme}`, async (t, chance) => {
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

onChance('starts again after a first start was killed', async (t, chance) => {
  const startMs = await startOnce(t, testFolder(t));
  for (let kill = 0; kill < firstStartsKilled; kill += 1) {
    const folder = testFolder(t);
    await killAtStart(t, folder, ((kill + chance(1000) / 1000) / firstStartsKilled) * startMs);
    await startOnce(t, folder);
    checkDatabase(folder);
  }
});
