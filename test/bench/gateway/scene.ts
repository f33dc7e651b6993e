import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openApp } from '../../../main/app/app.ts';
import { passphrase } from '../seed.ts';

/** A data folder with an API in front of a backend, and one token for each way a call can go. */
export interface Scene {
  readonly folder: string;
  readonly valid: string;
  /** Tokens that are refused, by the reason. */
  readonly refused: Readonly<Record<'unknown' | 'expired' | 'revoked' | 'notSubscribed' | 'throttled', string>>;
}

const validitySeconds = 86_400;

/** Creates it through the program itself. The API `bench/1.0` forwards; `bench/2.0` has no subscriptions; `bench/3.0` is throttled. */
export async function createScene(parent: string, backend: string): Promise<Scene> {
  const folder = join(parent, 'gateway');
  await mkdir(folder, { recursive: true });
  const app = await openApp({ folder });
  try {
    await app.call('vault.create', { mode: 'passphrase', passphrase });
    await app.call('settings.write', { applicationTokenValiditySeconds: validitySeconds });
    await app.call('applications.create', { name: 'Bench' });
    await app.call('keys.generate', { application: 'Bench', keyType: 'PRODUCTION' });
    for (const version of ['1.0', '2.0', '3.0']) {
      await app.call('apis.create', { name: 'bench', version, productionBackend: backend, sandboxBackend: null });
    }
    await app.call('tiers.create', { level: 'subscription', name: 'OnePerYear', limit: 1, windowUnit: 'year' });
    await app.call('subscriptions.create', { application: 'Bench', api: 'bench/1.0' });
    await app.call('subscriptions.create', { application: 'Bench', api: 'bench/3.0', tier: 'OnePerYear' });
    const issue = async (device: string) => {
      const scope = `device_${device}`;
      const { accessToken } = await app.call('tokens.issue', { application: 'Bench', keyType: 'PRODUCTION', scope });
      return accessToken;
    };
    const valid = await issue('valid');
    const [expired, revoked] = [await issue('expired'), await issue('revoked')];
    await app.call('tokens.setExpiry', { token: expired, inSeconds: 0 });
    await app.call('tokens.revoke', { token: revoked });
    return {
      folder,
      valid,
      refused: { unknown: 'a'.repeat(valid.length), expired, revoked, notSubscribed: valid, throttled: valid },
    };
  } finally {
    await app.close();
  }
}
