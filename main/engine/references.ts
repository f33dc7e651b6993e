import { didYouMean } from '../../preload/contract/similar.ts';
import type { KeyType } from '../../preload/contract/values.ts';
import { type Client, livingClient } from './clients/clientRules.ts';
import { notFound } from './errors.ts';
import { rowOfValue } from './oauth/revocation.ts';
import type { ApplicationRow } from './ports/applicationStore.ts';
import type { Ports } from './ports/ports.ts';
import type { TokenRow } from './ports/tokenStore.ts';
import type { UserRow } from './ports/userStore.ts';
import { displayName, parseUsername, type Username } from './usernames.ts';

/** A row number, when a reference is one. */
const idOf = (ref: string): number | undefined => (/^[1-9]\d{0,14}$/.test(ref) ? Number(ref) : undefined);

/** The applications that are not deleted. */
export const livingApplications = ({ store }: Ports): readonly ApplicationRow[] =>
  store.applications.list().filter(({ deletedAtMs }) => deletedAtMs === null);

/** A living application by name or id; names win. Throws `not_found`. */
export const findApplication = (ports: Ports, ref: string): ApplicationRow => {
  const { store } = ports;
  const named = store.applications.byName(ref);
  if (named !== undefined) return named;
  const id = idOf(ref);
  const row = id === undefined ? undefined : store.applications.byId(id);
  if (row === undefined || row.deletedAtMs !== null) {
    const known = livingApplications(ports).map(({ name }) => name);
    throw notFound('application', `No application named "${ref}".${didYouMean(ref, known)}`);
  }
  return row;
};

/** The key set of an application for one key type. Throws `not_found`. */
export const findClient = (ports: Ports, ref: { readonly application: string; readonly keyType: KeyType }): Client => {
  const application = findApplication(ports, ref.application);
  const keySet = ports.store.keySets.ofApplication(application.id).find(({ keyType }) => keyType === ref.keyType);
  if (keySet === undefined) {
    throw notFound('keyType', `"${application.name}" has no ${ref.keyType} keys yet; generate them first.`);
  }
  return { keySet, application };
};

/**
 * A living user by name or id; names win. A name as lists show it wins over one that only `emailUsernames` reads so.
 * `field` is where the input named it. Throws `not_found`.
 */
export const findUser = ({ store }: Ports, ref: string, field = 'user'): UserRow => {
  const byName = ({ name, userStore, tenantDomain }: Username) => store.users.byName(name, userStore, tenantDomain);
  const named = byName(parseUsername(ref)) ?? byName(parseUsername(ref, store.settings.read().emailUsernames));
  if (named !== undefined) return named;
  const id = idOf(ref);
  const row = id === undefined ? undefined : store.users.byId(id);
  if (row === undefined || row.deletedAtMs !== null) {
    const known = store.users.list().map(displayName);
    throw notFound(field, `No user named "${ref}".${didYouMean(ref, known)}`);
  }
  return row;
};

/** Whether there is no token of this number any more. */
export const isPurged =
  ({ store }: Ports) =>
  (tokenId: number): boolean =>
    store.tokens.byId(tokenId) === undefined;

/** A token of a living application, with its client, by either of its values or by id. Throws `not_found`. */
export const findToken = (ports: Ports, ref: string): { readonly row: TokenRow; readonly client: Client } => {
  const id = idOf(ref);
  const row = (id === undefined ? undefined : ports.store.tokens.byId(id)) ?? rowOfValue(ports, ref);
  const client = row && livingClient(ports, ports.store.keySets.byId(row.keySetId));
  // The reference may be a secret value: it is not repeated.
  if (row === undefined || client === undefined) throw notFound('token', 'No token has this value or id.');
  return { row, client };
};
