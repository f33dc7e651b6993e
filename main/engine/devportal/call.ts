import type { Handlers } from '../../../preload/contract/index.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApplicationRow } from '../ports/store/applications.ts';
import type { KeySetRow } from '../ports/store/keys.ts';
import type { UserRow } from '../ports/store/users.ts';
import { livingApplications } from '../references.ts';
import { displayName } from '../usernames.ts';
import { rowIdOf } from './ids.ts';
import type { PortalRequest } from './portal.ts';
import { forbidden, notFound } from './portalError.ts';

/** The methods behind the operations, so that they obey the same rules and send the same events. */
export type PortalMethods = Pick<Handlers, 'applications' | 'keys' | 'subscriptions' | 'tokens' | 'apis'>;

/** One request of anybody. */
export interface PublicCall extends Pick<PortalRequest, 'parts' | 'query' | 'body'> {
  readonly ports: Ports;
  readonly methods: PortalMethods;
}

/** One request of an authenticated caller. */
export interface PortalCall extends PublicCall {
  readonly user: UserRow;
}

/** Marks the application of a registered client. API Manager keeps such clients apart from applications. */
export const registeredClient = 'A client of the DevPortal REST API, which does not list it.';

/** The applications that a user sees. */
export const applicationsOf = ({ ports, user }: Pick<PortalCall, 'ports' | 'user'>): readonly ApplicationRow[] =>
  livingApplications(ports).filter(
    ({ ownerId, description }) => ownerId === user.id && description !== registeredClient,
  );

/** The application with this id, which the caller owns. Throws `PortalError` 404 or 403. */
export const ownApplication = ({ ports, user }: PortalCall, id: string): ApplicationRow => {
  const rowId = rowIdOf('application', id);
  const row = rowId === undefined ? undefined : ports.store.applications.byId(rowId);
  if (row === undefined || row.deletedAtMs !== null) throw notFound('application', id);
  if (row.description === registeredClient) throw notFound('application', id, `"${row.name}" is a registered client.`);
  if (row.ownerId !== user.id) {
    throw forbidden('application', id, `User ${displayName(user)} does not own "${row.name}".`);
  }
  return row;
};

const keyTypeOf = (text: string): KeyType | undefined =>
  text === 'PRODUCTION' || text === 'SANDBOX' ? text : undefined;

/**
 * The application and key set of a path `…/{applicationId}/keys/{keyType}` or `…/{applicationId}/oauth-keys/{id}`. Throws
 * `PortalError` 404 or 403.
 */
export const ownKeySet = (call: PortalCall): { readonly application: ApplicationRow; readonly keySet: KeySetRow } => {
  const [applicationId = '', key = ''] = call.parts;
  const application = ownApplication(call, applicationId);
  const wanted = keyTypeOf(key) ?? rowIdOf('keys', key);
  const keySet = call.ports.store.keySets
    .ofApplication(application.id)
    .find(({ id, keyType }) => id === wanted || keyType === wanted);
  if (keySet === undefined) throw notFound('consumer key', key, `"${application.name}" has no such keys.`);
  return { application, keySet };
};
