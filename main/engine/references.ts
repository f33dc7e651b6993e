import { didYouMean } from '../../preload/contract/similar.ts';
import type { KeyType } from '../../preload/contract/values.ts';
import { type Client, livingClient } from './clients/client.ts';
import { notFound } from './errors.ts';
import type { Ports } from './ports/ports.ts';
import type { ApplicationRow } from './ports/store/applications.ts';
import type { TokenRow } from './ports/store/tokens.ts';
import type { UserRow } from './ports/store/users.ts';
import { displayName, parseUsername, type Username } from './usernames.ts';

/** The reference as a row id, if it looks like one. */
const idOf = (ref: string): number | undefined => (/^[1-9]\d{0,14}$/.test(ref) ? Number(ref) : undefined);

/** The applications that are not deleted. */
export const livingApplications = ({ store }: Ports): readonly ApplicationRow[] =>
  store.applications.list().filter(({ deletedAtMs }) => deletedAtMs === null);

/** A living application by name or id; a name wins over an id. Throws `not_found`. */
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
    throw notFound('keyType', `"${application.name}" has no ${ref.keyType} keys yet. Generate them first.`);
  }
  return { keySet, application };
};

/**
 * A living user by name or id; a name wins over an id. A name as lists show it wins over its reading by
 * `emailUsernames`. `field` is the input field with the reference. Throws `not_found`.
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

/** Whether the token with this id was purged. */
export const isPurged =
  ({ store }: Ports) =>
  (tokenId: number): boolean =>
    store.tokens.byId(tokenId) === undefined;

/** The row of an access token, or the newest row of a refresh token. */
export const rowOfValue = ({ store }: Ports, value: string): TokenRow | undefined => {
  const row = store.tokens.byValue(value);
  if (row !== undefined) return row;
  const refresh = store.refreshTokens.byValue(value);
  return refresh && store.tokens.byId(refresh.tokenId);
};

/**
 * A token of a living application, and its client. Finds it by access token, refresh token or id. Throws `not_found`.
 */
export const findToken = (ports: Ports, ref: string): { readonly row: TokenRow; readonly client: Client } => {
  const id = idOf(ref);
  const row = (id === undefined ? undefined : ports.store.tokens.byId(id)) ?? rowOfValue(ports, ref);
  const client = row && livingClient(ports, ports.store.keySets.byId(row.keySetId));
  // Do not repeat the reference: it may be a secret value.
  if (row === undefined || client === undefined) throw notFound('token', 'No token has this value or id.');
  return { row, client };
};
