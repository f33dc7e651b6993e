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

/** The owner of an application. Application tokens belong to this user. Throws `database_damaged`. */
export const ownerOf = (ports: Ports, application: ApplicationRow): UserRow => {
  const owner = ports.store.users.byId(application.ownerId);
  if (owner === undefined) {
    throw new KeyfobError('database_damaged', `The owner of "${application.name}" is missing from the database.`);
  }
  return owner;
};
