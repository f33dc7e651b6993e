import {
  type AdditionalProperties,
  generateKeysBody,
  generateTokenBody,
  mapKeysBody,
  updateKeysBody,
} from '../../../../preload/contract/devportal.ts';
import { secretWarning } from '../../../../preload/contract/servers.ts';
import { type GrantType, grantType } from '../../../../preload/contract/values.ts';
import { insertKeySet, type NewKeySet } from '../../clients/newKeySet.ts';
import { issueFirst } from '../../methods/shared/issueForPerson.ts';
import { hasKeys } from '../../methods/shared/providedKeys.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ApplicationRow } from '../../ports/store/applications.ts';
import type { KeySetRow } from '../../ports/store/keys.ts';
import { ownApplication, ownKeySet, type PortalCall } from '../call.ts';
import { portalId } from '../ids.ts';
import { parseBody } from '../input.ts';
import type { PortalAnswer } from '../portal.ts';
import { badRequest, keysExist } from '../portalError.ts';
import { demandResidentKeyManager, residentKeyManager } from './keyManagers.ts';

/** API Manager offers more grant types, and the portal's form sends all of them. Throws `PortalError` 400 if none is served. */
export const servedGrantTypes = (names: readonly string[]): GrantType[] => {
  const served = grantType.options.filter((name) => names.includes(name));
  if (served.length === 0)
    throw badRequest(`Choose at least one of these grant types: ${grantType.options.join(', ')}`);
  return served;
};

type Settable = Pick<
  KeySetRow,
  | 'applicationTokenValiditySeconds'
  | 'userTokenValiditySeconds'
  | 'refreshTokenValiditySeconds'
  | 'pkce'
  | 'pkcePlain'
  | 'publicClient'
>;

const fieldsOf = (given: AdditionalProperties): Partial<Settable> => ({
  ...(given.application_access_token_expiry_time !== undefined && {
    applicationTokenValiditySeconds: given.application_access_token_expiry_time,
  }),
  ...(given.user_access_token_expiry_time !== undefined && {
    userTokenValiditySeconds: given.user_access_token_expiry_time,
  }),
  ...(given.refresh_token_expiry_time !== undefined && {
    refreshTokenValiditySeconds: given.refresh_token_expiry_time,
  }),
  ...(given.pkceMandatory !== undefined && { pkce: given.pkceMandatory ? 'required' : 'optional' }),
  ...(given.pkceSupportPlain !== undefined && { pkcePlain: given.pkceSupportPlain }),
  ...(given.bypassClientCredentials !== undefined && { publicClient: given.bypassClientCredentials }),
});

interface ShownToken {
  readonly accessToken: string;
  readonly scope: string;
  readonly expiresInSeconds: number | null;
}

/** A token that never expires has the lifetime -1. */
const tokenView = ({ accessToken, scope, expiresInSeconds }: ShownToken): object => ({
  accessToken,
  tokenScopes: scope.split(' '),
  validityTime: expiresInSeconds ?? -1,
});

const view = ({ store }: Ports, row: KeySetRow, token?: ShownToken): object => ({
  keyMappingId: portalId('keys', row.id),
  keyManager: residentKeyManager,
  consumerKey: row.consumerKey,
  consumerSecret: store.keySets.revealSecret(row.id),
  supportedGrantTypes: row.grantTypes,
  callbackUrl: row.callbackUrl,
  keyState: 'APPROVED',
  keyType: row.keyType,
  mode: row.server === null ? 'CREATED' : 'MAPPED',
  groupId: null,
  token: token === undefined ? null : tokenView(token),
  additionalProperties: {
    application_access_token_expiry_time: row.applicationTokenValiditySeconds,
    user_access_token_expiry_time: row.userTokenValiditySeconds,
    refresh_token_expiry_time: row.refreshTokenValiditySeconds,
    pkceMandatory: row.pkce === 'required',
    pkceSupportPlain: row.pkcePlain,
    bypassClientCredentials: row.publicClient,
  },
});

/** Inserts keys. Version 4.x, whose API this is, issues JWTs. Throws `PortalError` 409. */
const insert = (
  { ports }: PortalCall,
  application: ApplicationRow,
  fields: Omit<NewKeySet, 'applicationId'>,
  consumerSecret: string | undefined,
): KeySetRow => {
  if (hasKeys(ports, application, fields.keyType)) {
    throw keysExist(`"${application.name}" already has ${fields.keyType} keys.`);
  }
  if (fields.consumerKey !== undefined && ports.store.keySets.byConsumerKey(fields.consumerKey) !== undefined) {
    throw keysExist('Another key set has this consumer key.');
  }
  const row = { applicationId: application.id, tokenFormat: 'apim42' as const, ...fields };
  const { keySet } = insertKeySet(ports, row, consumerSecret);
  ports.events.emit('keys.changed', { applicationId: application.id });
  return keySet;
};

export const generateKeys = (call: PortalCall): PortalAnswer => {
  const { ports } = call;
  const application = ownApplication(call, call.parts[0] ?? '');
  const body = parseBody(generateKeysBody, call.body);
  demandResidentKeyManager(body.keyManager);
  const { keyType, clientId, clientSecret, callbackUrl, grantTypesToBeSupported: grants = [] } = body;
  const fields = {
    ...{ keyType, callbackUrl, ...fieldsOf(body.additionalProperties) },
    ...(grants.length > 0 && { grantTypes: servedGrantTypes(grants) }),
    ...(clientId !== undefined && { consumerKey: clientId }),
  };
  const keySet = insert(call, application, fields, clientId === undefined ? undefined : clientSecret);
  const token = issueFirst(ports, { keySet, application }, body.scopes.join(' '), body.validityTime);
  return { status: 200, body: view(ports, keySet, token), why: clientSecret && secretWarning(clientSecret) };
};

export const mapKeys = (call: PortalCall): PortalAnswer => {
  const application = ownApplication(call, call.parts[0] ?? '');
  const { keyType, keyManager, consumerKey, consumerSecret } = parseBody(mapKeysBody, call.body);
  demandResidentKeyManager(keyManager);
  const keySet = insert(call, application, { keyType, consumerKey }, consumerSecret);
  return { status: 200, body: view(call.ports, keySet), why: secretWarning(consumerSecret) };
};

export const listKeys = (call: PortalCall): PortalAnswer => {
  const { id } = ownApplication(call, call.parts[0] ?? '');
  const list = call.ports.store.keySets.ofApplication(id).map((row) => view(call.ports, row));
  return { status: 200, body: { count: list.length, list } };
};

export const readKeys = (call: PortalCall): PortalAnswer => ({
  status: 200,
  body: view(call.ports, ownKeySet(call).keySet),
});

export const updateKeys = (call: PortalCall): PortalAnswer => {
  const { application, keySet } = ownKeySet(call);
  const body = parseBody(updateKeysBody, call.body);
  const grants = body.supportedGrantTypes ?? [];
  call.methods.keys.update({
    ...{ application: application.name, keyType: keySet.keyType, callbackUrl: body.callbackUrl },
    ...fieldsOf(body.additionalProperties),
    ...(grants.length > 0 && { grantTypes: servedGrantTypes(grants) }),
  });
  return { status: 200, body: view(call.ports, ownKeySet(call).keySet) };
};

export const regenerateSecret = (call: PortalCall): PortalAnswer => {
  const { application, keySet } = ownKeySet(call);
  const named = { application: application.name, keyType: keySet.keyType };
  const { consumerKey, consumerSecret } = call.methods.keys.regenerateSecret(named);
  return { status: 200, body: { consumerKey, consumerSecret } };
};

/** Generation never fails halfway here, so nothing is left to clean up. */
export const cleanUpKeys = (call: PortalCall): PortalAnswer => {
  ownApplication(call, call.parts[0] ?? '');
  return { status: 200, why: 'Nothing was changed: keys are never left half generated here.' };
};

/** An application token. The presented secret must be right, and the named token is revoked first. */
export const generateToken = (call: PortalCall): PortalAnswer => {
  const { store } = call.ports;
  const { application, keySet } = ownKeySet(call);
  const body = parseBody(generateTokenBody, call.body ?? {});
  if (body.consumerSecret !== undefined && !store.keySets.secretMatches(keySet.id, body.consumerSecret)) {
    throw badRequest('Client Authentication failed.', 'Wrong consumer secret.');
  }
  const revoked = body.revokeToken === undefined ? undefined : store.tokens.byValue(body.revokeToken);
  if (revoked?.keySetId === keySet.id) call.methods.tokens.revoke({ token: String(revoked.id) });
  const token = call.methods.tokens.issue({
    ...{ application: application.name, keyType: keySet.keyType, scope: body.scopes.join(' ') },
    ...(body.validityPeriod !== undefined && { validitySeconds: body.validityPeriod }),
  });
  return { status: 200, body: tokenView(token), why: token.why };
};
