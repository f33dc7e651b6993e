import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { openApp } from '../../main/app/app.ts';
import type { KeySetRow } from '../../main/engine/ports/store/keys.ts';
import type { Store } from '../../main/engine/ports/store/store.ts';
import type { TokenRow, Tuple } from '../../main/engine/ports/store/tokens.ts';
import { createRandom } from '../../main/platform/random.ts';
import { openStore } from '../../main/store/store.ts';
import { createVault } from '../../main/vault/vault.ts';
import type { KeyType } from '../../preload/contract/values.ts';

/** A data folder with so many stored tokens, and what is needed to ask for them. */
export interface Seeded {
  readonly folder: string;
  readonly stored: number;
  /** Basic headers of the key set that renews with each request, and of the one that hands out again. */
  readonly renewing: string;
  readonly reusing: string;
  readonly username: string;
  readonly password: string;
  /** Device names of the live tuples of either key set; 1000 live tokens; all tokens. */
  readonly files: Readonly<Record<'renewing' | 'reusing' | 'recent' | 'any', ValueFile>>;
}

interface ValueFile {
  readonly file: string;
  readonly width: number;
}

export const passphrase = 'bench passphrase';
const liveAtMost = 10_000;
const recentTokens = 1000;
const perTransaction = 2000;
/** Longer than any run, so that nothing expires in it. */
const validitySeconds = 86_400;

/**
 * Makes a data folder through the program itself, then fills it through the store room: all tokens of live tuples, half
 * of the tuples of a key set that renews, half of one that hands out again. Of `stored` tokens at most 10 000 are
 * ACTIVE; the others were renewed away, one generation after the other.
 */
export async function seed(parent: string, stored: number): Promise<Seeded> {
  const folder = join(parent, `store-${stored}`);
  await mkdir(folder, { recursive: true });
  const username = 'tester';
  const password = 's3cret';
  const keys = await makeKeys(folder, username, password);

  const live = Math.min(stored, liveAtMost);
  const half = live / 2;
  const names = (prefix: string) => Array.from({ length: half }, (_, at) => `${prefix}${String(at).padStart(9, '0')}`);
  const renewing = names('r');
  const reusing = names('u');

  const vault = createVault({ folder, random: createRandom() });
  await vault.unlock(passphrase);
  const { store, commit, close } = await openStore(join(folder, 'keyfob.db'), vault.sealer);
  const mintRenewing = createMinter(store, keys.renewing.consumerKey);
  const mintReusing = createMinter(store, keys.reusing.consumerKey);
  const anyFile = join(parent, `any-${stored}`);
  const tokens = createWriteStream(anyFile);
  const recent: string[] = [];

  for (let done = 0; done < stored; done += perTransaction) {
    const batch = await commit.submit(() =>
      Array.from({ length: Math.min(perTransaction, stored - done) }, (_, at) => {
        const number = done + at;
        return number < half
          ? mintReusing(reusing[number] ?? '')
          : mintRenewing(renewing[(number - half) % half] ?? '');
      }),
    );
    recent.push(...batch.slice(0, recentTokens - recent.length));
    tokens.write(`${batch.join('\n')}\n`);
  }
  tokens.end();
  await finished(tokens);
  await close();

  const valueFile = async (name: string, values: readonly string[]): Promise<ValueFile> => {
    const file = join(parent, `${name}-${stored}`);
    await writeFile(file, `${values.join('\n')}\n`);
    return { file, width: values[0]?.length ?? 0 };
  };
  return {
    folder,
    stored,
    renewing: keys.renewing.authorization,
    reusing: keys.reusing.authorization,
    username,
    password,
    files: {
      renewing: await valueFile('renewing', renewing),
      reusing: await valueFile('reusing', reusing),
      recent: await valueFile('recent', recent),
      any: { file: anyFile, width: recent[0]?.length ?? 0 },
    },
  };
}

/** Application, user and keys, made as a person would make them. */
async function makeKeys(folder: string, username: string, password: string) {
  const app = await openApp({ folder });
  try {
    await app.call('vault.create', { mode: 'passphrase', passphrase });
    await app.call('settings.write', {
      applicationTokenValiditySeconds: validitySeconds,
      userTokenValiditySeconds: validitySeconds,
    });
    await app.call('users.create', { username, password });
    await app.call('applications.create', { name: 'Bench' });
    const generate = async (keyType: KeyType, issueBehaviour: KeySetRow['issueBehaviour']) => {
      const { consumerKey, consumerSecret } = await app.call('keys.generate', {
        application: 'Bench',
        keyType,
        issueBehaviour,
      });
      const basic = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
      return { consumerKey, authorization: `Basic ${basic}` };
    };
    return { renewing: await generate('PRODUCTION', 'renew'), reusing: await generate('SANDBOX', 'reuse') };
  } finally {
    await app.close();
  }
}

/** Issues application tokens of one key set as the engine would: what was live of the tuple gives way. */
function createMinter(store: Store, consumerKey: string): (device: string) => string {
  const keySet = store.keySets.byConsumerKey(consumerKey);
  const application = keySet && store.applications.byId(keySet.applicationId);
  if (keySet === undefined || application === undefined) throw new Error('The keys that were just made are gone.');
  const userId = application.ownerId;
  const live = new Map<string, TokenRow>();
  const random = createRandom();

  return (device) => {
    const atMs = Date.now();
    const scope = `am_application_scope device_${device}`;
    const tuple: Tuple = { keySetId: keySet.id, userId, userType: 'APPLICATION', scope, bindingRef: 'NONE' };
    const before = live.get(device);
    const candidate = before && { tokenId: before.id, state: before.state, secondsLeft: validitySeconds };
    if (before !== undefined) {
      store.tokens.retire([
        {
          tokenId: before.id,
          state: 'REVOKED',
          stateId: random.uuid(),
          atMs,
          realTimeMs: atMs,
          reason: {
            rule: 'retired_renewed',
            atMs,
            ...(candidate && { candidate }),
            otherTokenId: store.tokens.nextId(),
          },
        },
      ]);
    }
    const { row, accessToken } = store.tokens.insert({
      ...tuple,
      grantType: 'client_credentials',
      issuedAtMs: atMs,
      validityMs: validitySeconds * 1000,
      refreshTokenId: null,
      format: 'opaque',
      reason: {
        rule: before ? 'issued_renew' : 'issued_first',
        atMs,
        tuple: { consumerKey, user: 'admin', userType: 'APPLICATION', scope, bindingRef: 'NONE' },
        ...(candidate && { candidate, otherTokenId: candidate.tokenId }),
      },
    });
    live.set(device, row);
    return accessToken;
  };
}
