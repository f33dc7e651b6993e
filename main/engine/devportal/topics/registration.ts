import { callbackUrl } from '../../../../preload/contract/callbackUrl.ts';
import { type Registration, registrationBody } from '../../../../preload/contract/devportal.ts';
import { insertKeySet } from '../../clients/newKeySet.ts';
import type { KeySetRow } from '../../ports/store/keys.ts';
import type { UserRow } from '../../ports/store/users.ts';
import { findUser } from '../../references.ts';
import { displayName } from '../../usernames.ts';
import { type PortalCall, registeredClient } from '../call.ts';
import { parseBody } from '../input.ts';
import type { PortalAnswer } from '../portal.ts';
import { badRequest, PortalError } from '../portalError.ts';
import { servedGrantTypes } from './keys.ts';

/** Only an administrator registers for another user. Throws `PortalError` 400. */
const ownerNamed = ({ ports, user }: PortalCall, name: string | undefined): UserRow => {
  if (name === undefined) return user;
  const differs = (why: string) =>
    badRequest(`Logged in user '${displayName(user)}' and application owner '${name}' should be same.`, why);
  let owner: UserRow;
  try {
    owner = findUser(ports, name, 'owner');
  } catch {
    throw differs('No user has the name of the owner.');
  }
  if (owner.id !== user.id && !user.roles.includes('admin')) throw differs('Only an admin registers for another user.');
  return owner;
};

const reply = (
  { ports }: PortalCall,
  { clientName, saasApp = false }: Registration,
  owner: UserRow,
  row: KeySetRow,
): object => {
  const details = { grant_types: row.grantTypes.join(' '), redirect_uris: row.callbackUrl, client_name: clientName };
  return {
    clientId: row.consumerKey,
    clientName,
    callBackURL: row.callbackUrl,
    clientSecret: ports.store.keySets.revealSecret(row.id),
    isSaasApplication: saasApp,
    appOwner: displayName(owner),
    jsonString: JSON.stringify(details),
    jsonAppAttribute: '{}',
    applicationUUID: null,
    tokenType: row.tokenFormat === 'opaque' ? 'DEFAULT' : 'JWT',
  };
};

/** The id of the client's application, a new one if there is none. Throws `PortalError` 403 for another user's. */
const applicationIdOf = ({ ports, methods }: PortalCall, clientName: string, owner: UserRow): number => {
  // The name itself stays free for an application of the portal.
  const name = `${clientName} (registered)`;
  const existing = ports.store.applications.byName(name);
  if (existing !== undefined && existing.ownerId !== owner.id) {
    const why = `"${name}" belongs to another user; names are unique among all owners here.`;
    throw new PortalError(403, 'Forbidden', 'Access is forbidden to the application', { why });
  }
  const fields = { name, owner: displayName(owner), description: registeredClient, tier: 'Unlimited' };
  return existing?.id ?? methods.applications.create(fields).id;
};

/**
 * Dynamic client registration, which scripts begin with: an application with PRODUCTION keys, the existing one if there is
 * one. A callback that is no absolute URL is not kept, and without one authorization_code is left out.
 */
export const registerClient = (call: PortalCall): PortalAnswer => {
  const { ports } = call;
  const body = parseBody(registrationBody, call.body);
  const owner = ownerNamed(call, body.owner);
  const applicationId = applicationIdOf(call, body.clientName, owner);
  const known = ports.store.keySets.ofApplication(applicationId).find(({ keyType }) => keyType === 'PRODUCTION');
  if (known !== undefined) return { status: 200, body: reply(call, body, owner, known) };

  const callback = callbackUrl.safeParse(body.callbackUrl).data ?? '';
  const names = body.grantType.split(/[\s,]+/).filter((name) => callback !== '' || name !== 'authorization_code');
  const { keySet } = insertKeySet(ports, {
    ...{ applicationId, keyType: 'PRODUCTION', callbackUrl: callback, grantTypes: servedGrantTypes(names) },
    tokenFormat: body.tokenType === 'JWT' ? 'apim42' : 'opaque',
  });
  ports.events.emit('keys.changed', { applicationId });
  const why = callback === body.callbackUrl ? undefined : 'The callback is no absolute URL, so it was not kept.';
  return { status: 200, body: reply(call, body, owner, keySet), why };
};
