import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openApp } from '../../main/app/app.ts';
import { connectControl } from '../../main/transport/client.ts';
import { readVaultFile } from '../../main/vault/vaultFile.ts';
import { passphrase } from '../helpers/app.ts';
import { fillFolder, type Keys } from '../helpers/filled.ts';
import type { Chance } from '../helpers/seeded.ts';
import { startServing, testFolder } from '../helpers/serving.ts';
import { until } from '../helpers/until.ts';
import { type ClientState, compare, newClientState, requestUntilGone } from './clientState.ts';
import { checkDatabase, checkRows, clientOf, compareSample, onChance } from './kills.ts';
import { keyIdsIn } from './sealed.ts';

const kills = 18;
/** One kill in so many hits the start, which resumes the rotation. */
const atStartOneIn = 5;
/** Enough for a rotation that takes longer than a few requests. */
const firstTokens = 1000;
const repliesAtMost = 100;

interface Place {
  readonly folder: string;
  readonly home: string;
  readonly keys: Keys;
  readonly known: ClientState;
}

/** The number of the data key, and whether the previous one still exists. */
function keysIn(home: string) {
  const file = readVaultFile(home);
  return { keyId: file?.keyId ?? 0, unfinished: file?.rotation?.before !== undefined };
}

async function makeManyTokens(home: string): Promise<void> {
  const app = await openApp({ folder: home });
  await app.vault.unlock(passphrase);
  const device = Array.from({ length: firstTokens }, (_, at) => `first-${at}`);
  await app.call('devices.mint', { application: 'Shop', keyType: 'PRODUCTION', device });
  await app.close();
}

/** Starts the server, starts or resumes a rotation, and kills it while it answers. */
async function killWhileRotating(t: TestContext, place: Place, chance: Chance): Promise<void> {
  const { folder, home, keys, known } = place;
  const serving = startServing(t, folder);
  const client = clientOf(await serving.ready, 'http', keys.reusing);
  await compareSample(client, known, chance);
  // The call may be cut off, refused during another rotation, or succeed.
  const asked = connectControl(home)
    ?.call('vault.rotateDataKey', { passphrase })
    .catch(() => undefined);
  // Deriving keys takes longest, so most kills come after the new key was stored.
  let counting = chance(2) === 0;
  void asked?.then(() => {
    counting = true;
  });
  let left = 1 + chance(repliesAtMost);
  const killLaterMs = chance(20);
  const onReply = () => {
    if (!counting) return;
    left -= 1;
    if (left === 0) setTimeout(() => serving.kill('SIGKILL'), killLaterMs);
  };
  await requestUntilGone(client, keys, known, { chance, onReply });
  await serving.ended;
  await asked;
  client.close();
}

async function killAtStart(t: TestContext, { folder }: Place, withinMs: number): Promise<void> {
  const serving = startServing(t, folder);
  await Promise.race([delay(withinMs), serving.ready]);
  serving.kill('SIGKILL');
  await serving.ended;
}

onChance('a rotation survives a kill at any moment', async (t, chance) => {
  const folder = testFolder(t);
  const home = join(folder, 'home');
  const place: Place = { folder, home, keys: await fillFolder(home), known: newClientState() };
  await makeManyTokens(home);
  const seen = { unfinished: 0, keyIds: new Set<number>() };
  for (let kill = 1; kill <= kills; kill += 1) {
    if (kill % atStartOneIn === 0) await killAtStart(t, place, chance(1500));
    else await killWhileRotating(t, place, chance);
    checkDatabase(folder);
    const { keyId, unfinished } = keysIn(home);
    seen.keyIds.add(keyId);
    if (unfinished) seen.unfinished += 1;
  }

  const serving = startServing(t, folder);
  const client = clientOf(await serving.ready, 'http', place.keys.reusing);
  await compare(client, place.known, place.known.userTokens);
  const control = connectControl(home);
  assert.ok(control);
  await until('its end', async () => (await control.call('vault.status', {})).rotation === undefined);
  client.close();
  serving.kill('SIGKILL');
  await serving.ended;
  const { keyId, unfinished } = keysIn(home);
  assert.equal(unfinished, false);
  assert.deepEqual(keyIdsIn(home), new Set([keyId]));
  await checkRows(home, place.known);

  // Otherwise the kills prove nothing.
  t.diagnostic(`${seen.unfinished} of ${kills} kills met an unfinished rotation; ${seen.keyIds.size} data keys`);
  assert.ok(seen.unfinished > kills / 5);
  assert.ok(seen.keyIds.size > 2);
  assert.ok(place.known.userTokens.length > kills);
});
