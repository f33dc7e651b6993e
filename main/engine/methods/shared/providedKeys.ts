import type { ParsedInputOf } from '../../../../preload/contract/define.ts';
import { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { Contract } from '../../../../preload/contract/index.ts';
import { hostOfAddress } from '../../../../preload/contract/servers.ts';
import type { KeyType } from '../../../../preload/contract/values.ts';
import type { Client } from '../../clients/client.ts';
import { demandUnused, insertKeySet } from '../../clients/newKeySet.ts';
import { conflict } from '../../errors.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ApplicationRow } from '../../ports/store/applications.ts';
import type { KeySetRow } from '../../ports/store/keys.ts';
import { findApplication, findClient } from '../../references.ts';
import { patched } from './patched.ts';

type Keys = Contract['keys'];

/** Whether an application has keys of a key type. */
export const hasKeys = ({ store }: Ports, { id }: ApplicationRow, keyType: KeyType): boolean =>
  store.keySets.ofApplication(id).some((keySet) => keySet.keyType === keyType);

/** Throws `refused` for the keys of another server, which alone can change them. `instead` says what to do. */
export const demandGenerated = ({ server }: KeySetRow, instead: string): void => {
  if (server === null) return;
  throw new KeyfobError('refused', `${hostOfAddress(server.tokenUrl)} issued these keys. ${instead}`);
};

export const enterNewSecret =
  "Regenerate the secret in that server's portal, then enter the new one: Edit server, or `keyfob keys update-server`.";
export const stopServing =
  'Revoke them in that server\'s portal. To refuse them on this machine only, turn off "Also serve here", or run `keyfob keys update-server --no-served-here`.';

/** Keeps the keys of another server. Throws `conflict` for existing keys (reference 6.2) and a used consumer key. */
export const provideKeys = (ports: Ports, input: ParsedInputOf<Keys['provide']>): Client => {
  const { keyType, consumerKey, consumerSecret, servedHere, application: ref, ...server } = input;
  const application = findApplication(ports, ref);
  if (hasKeys(ports, application, keyType)) {
    throw conflict(
      'keyType',
      `Key Mappings already exists for application "${application.name}": it has ${keyType} keys. Choose the other key type or another application.`,
    );
  }
  const fields = { applicationId: application.id, keyType, consumerKey, server, servedHere };
  const { keySet } = insertKeySet(ports, fields, consumerSecret);
  return { keySet, application };
};

/**
 * Changes the server of provided keys, and their key and secret if given. Throws `refused`
 * for generated keys, and `conflict` for a used consumer key.
 */
export const updateServer = (
  ports: Ports,
  input: ParsedInputOf<Keys['updateServer']>,
): { readonly client: Client; readonly hasNewCredentials: boolean } => {
  const { keySets } = ports.store;
  const { application: ref, keyType, consumerSecret, servedHere, ...changes } = input;
  const { keySet, application } = findClient(ports, { application: ref, keyType });
  const { server } = keySet;
  if (server === null) {
    throw new KeyfobError('refused', 'These keys were generated here, so they have no other server.');
  }
  const { consumerKey = keySet.consumerKey, ...ofServer } = changes;
  demandUnused(ports, consumerKey, keySet);
  const row = patched(keySet, { consumerKey, server: patched(server, ofServer), servedHere });
  const hasNewKey = consumerKey !== keySet.consumerKey;
  const hasNewSecret = consumerSecret !== undefined && !keySets.secretMatches(keySet.id, consumerSecret);
  if (hasNewKey) keySets.setConsumerKey(keySet.id, consumerKey);
  if (hasNewSecret) keySets.setSecret(keySet.id, consumerSecret);
  keySets.update(row);
  return { client: { keySet: row, application }, hasNewCredentials: hasNewKey || hasNewSecret };
};
