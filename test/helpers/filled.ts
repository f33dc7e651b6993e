import { openApp } from '../../main/app/app.ts';
import { passphrase } from './app.ts';
import type { Credentials } from './oauthClient.ts';

/** Credentials of key sets with the behaviours `reuse` and `renew`. */
export interface Keys {
  readonly reusing: Credentials;
  readonly renewing: Credentials;
}

/** A user for the password grant. */
export const tester = { username: 'tester', password: 's3cret' };

/**
 * Creates a data folder with a vault under {@link passphrase}. It has the user {@link tester}, an application `Shop` with both key sets,
 * and the endpoint's certificate.
 */
export async function fillFolder(home: string): Promise<Keys> {
  const { call, endpoint, close } = await openApp({ folder: home });
  await call('vault.create', { mode: 'passphrase', passphrase });
  await call('users.create', tester);
  await call('applications.create', { name: 'Shop' });
  const reusing = await call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  const renewing = await call('keys.generate', { application: 'Shop', keyType: 'SANDBOX', issueBehaviour: 'renew' });
  await endpoint.start({ port: 0 });
  await close();
  const credentials = (of: typeof reusing): Credentials => ({ id: of.consumerKey, secret: of.consumerSecret });
  return { reusing: credentials(reusing), renewing: credentials(renewing) };
}
