import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fillFolder, type Keys } from '../helpers/filled.ts';
import type { Chance } from '../helpers/seeded.ts';
import { startServing, testFolder } from '../helpers/serving.ts';
import { type ClientState, compare, newClientState, requestUntilGone } from './clientState.ts';
import { checkDatabase, checkRows, clientOf, compareSample, onChance, type Scheme } from './kills.ts';

/** Kills per server while it answers. After each `atWorkForOneAtStart` of them it is also killed during a start. */
const killsAtWork = 18;
const atWorkForOneAtStart = 6;
const firstStartsKilled = 8;
/** Replies between two kills. */
const repliesAtMost = 120;

/** Starts the server, compares its tokens with the client's, sends requests, and kills it in between. */
async function killAtWork(
  t: TestContext,
  { folder, scheme, keys, known }: { folder: string; scheme: Scheme; keys: Keys; known: ClientState },
  chance: Chance,
): Promise<void> {
  const serving = startServing(t, folder);
  const client = clientOf(await serving.ready, scheme, keys.reusing);
  await compareSample(client, known, chance);

  const killAfter = 1 + chance(repliesAtMost);
  const killLaterMs = chance(4);
  const onReply = (replies: number) => {
    if (replies === killAfter) setTimeout(() => serving.kill('SIGKILL'), killLaterMs);
  };
  await requestUntilGone(client, keys, known, { chance, onReply });
  await serving.ended;
  client.close();
}

/** Starts the server and kills it during the start. */
async function killAtStart(t: TestContext, folder: string, withinMs: number): Promise<void> {
  const serving = startServing(t, folder);
  await Promise.race([delay(withinMs), serving.ready]);
  serving.kill('SIGKILL');
  await serving.ended;
}

/** Measures a start and a clean end, which alone stores the compile cache. */
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
      const known = newClientState();
      const startMs = await startOnce(t, folder);
      for (let kill = 1; kill <= killsAtWork; kill += 1) {
        await killAtWork(t, { folder, scheme, keys, known }, chance);
        checkDatabase(folder);
        if (kill % atWorkForOneAtStart !== 0) continue;
        await killAtStart(t, folder, chance(startMs));
        checkDatabase(folder);
      }
      const serving = startServing(t, folder);
      const client = clientOf(await serving.ready, scheme, keys.reusing);
      await compare(client, known, known.userTokens);
      client.close();
      serving.kill('SIGKILL');
      await serving.ended;
      await checkRows(home, known);

      // Otherwise the kills prove nothing.
      const states = known.userTokens.map(({ state }) => state);
      assert.ok(states.filter((state) => state === 'live').length > killsAtWork);
      assert.ok(states.filter((state) => state === 'dead').length > killsAtWork);
      assert.ok(known.renewed.length > killsAtWork);
      assert.equal(known.reused.size, 1);
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
