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
import { checkDatabase, checkRows, clientOf, compareSome, onChance } from './kills.ts';
import { askUntilGone, compare, emptyLedger, type Ledger } from './ledger.ts';
import { keyIdsIn } from './sealed.ts';

const kills = 26;
/** Of the kills, one in so many comes while it starts, and goes on with what was left. */
const atStartOneIn = 5;
/** Enough that a rotation outlives a few requests. */
const firstTokens = 1000;
const repliesAtMost = 100;

interface Place {
  readonly folder: string;
  readonly home: string;
  readonly keys: Keys;
  readonly ledger: Ledger;
}

/** The number of the data key, and whether the one before is still there. */
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

/** Starts, replaces the data key or goes on with that, and is killed while it answers. */
async function killWhileRotating(t: TestContext, place: Place, chance: Chance): Promise<void> {
  const { folder, home, keys, ledger } = place;
  const serving = startServing(t, folder);
  const client = clientOf(await serving.ready, 'http', keys.reusing);
  await compareSome(client, ledger, chance);
  // It is cut off, refused as one is under way, or comes to be.
  const asked = connectControl(home)
    ?.call('vault.rotateDataKey', { passphrase })
    .catch(() => undefined);
  // Making keys takes longer than all after it: mostly the kill comes when the new one is there.
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
  await askUntilGone(client, keys, ledger, { chance, onReply });
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

onChance('a data key that is being replaced outlives a kill at any instant', async (t, chance) => {
  const folder = testFolder(t);
  const home = join(folder, 'home');
  const place: Place = { folder, home, keys: await fillFolder(home), ledger: emptyLedger() };
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
  await compare(client, place.ledger, place.ledger.userTokens);
  const control = connectControl(home);
  assert.ok(control);
  await until('its end', async () => (await control.call('vault.status', {})).rotation === undefined);
  client.close();
  serving.kill('SIGKILL');
  await serving.ended;
  const { keyId, unfinished } = keysIn(home);
  assert.equal(unfinished, false);
  assert.deepEqual(keyIdsIn(home), new Set([keyId]));
  await checkRows(home, place.ledger);

  // Else the kills have shown nothing.
  t.diagnostic(`${seen.unfinished} of ${kills} kills met an unfinished rotation; ${seen.keyIds.size} data keys`);
  assert.ok(seen.unfinished > kills / 5);
  assert.ok(seen.keyIds.size > 2);
  assert.ok(place.ledger.userTokens.length > kills);
});
