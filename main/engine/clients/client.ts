import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApplicationRow } from '../ports/store/applications.ts';
import type { KeySetRow } from '../ports/store/keys.ts';
import type { UserRow } from '../ports/store/users.ts';

/** An OAuth2 client: a key set and its living application. */
export interface Client {
  readonly keySet: KeySetRow;
  readonly application: ApplicationRow;
}

/** The client of a key set; undefined without a key set, or when its application is deleted. */
export const livingClient = (ports: Ports, keySet: KeySetRow | undefined): Client | undefined => {
  if (keySet === undefined) return undefined;
  const application = ports.store.applications.byId(keySet.applicationId);
  return application === undefined || application.deletedAtMs !== null ? undefined : { keySet, application };
};

/** Whether the endpoint and the gateway accept the keys. */
export const isServed = ({ state, servedHere }: KeySetRow): boolean => state === 'ACTIVE' && servedHere;

/** Why the tokens of a key set are not accepted, as the end of a sentence. */
export const whyNotServed = ({ store }: Ports, keySetId: number): string =>
  store.keySets.byId(keySetId)?.servedHere === false
    ? 'its key set belongs to another server, and is not served here'
    : 'its key set is revoked';

/** The owner of an application. Application tokens belong to this user. Throws `database_damaged`. */
export const ownerOf = (ports: Ports, application: ApplicationRow): UserRow => {
  const owner = ports.store.users.byId(application.ownerId);
  if (owner === undefined) {
    throw new KeyfobError('database_damaged', `The owner of "${application.name}" is missing from the database.`);
  }
  return owner;
};
