import { conflict } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { KeySetRow } from '../ports/store/keys.ts';
import { newConsumerCredential } from './consumerCredentials.ts';

/** Throws `conflict` when another key set has the consumer key: a request could not tell them apart. */
export const demandUnused = ({ store }: Ports, consumerKey: string, own?: KeySetRow): void => {
  const holder = store.keySets.byConsumerKey(consumerKey);
  if (holder === undefined || holder.id === own?.id) return;
  const application = store.applications.byId(holder.applicationId);
  const what = `"${application?.name ?? ''}" (${holder.keyType})`;
  const text =
    application?.deletedAtMs === null
      ? `${what} already has this consumer key. Use that application, or delete it first.`
      : `${what}, which was just deleted, still has this consumer key. Restore it, or try again in a few seconds.`;
  throw conflict('consumerKey', text);
};

/** The fields of a key set that its creator chooses. The rest get their defaults. */
export type NewKeySet = Pick<KeySetRow, 'applicationId' | 'keyType'> &
  Partial<Omit<KeySetRow, 'id' | 'state' | 'createdAtMs'>>;

/** Inserts a key set, with random credentials unless they are given. Throws `conflict` for a used consumer key. */
export const insertKeySet = (
  ports: Ports,
  fields: NewKeySet,
  consumerSecret: string = newConsumerCredential(ports.random),
): { readonly keySet: KeySetRow; readonly consumerSecret: string } => {
  const consumerKey = fields.consumerKey ?? newConsumerCredential(ports.random);
  demandUnused(ports, consumerKey);
  const settings = ports.store.settings.read();
  const row: Omit<KeySetRow, 'id'> = {
    state: 'ACTIVE',
    grantTypes: ['password', 'client_credentials', 'refresh_token'],
    callbackUrl: '',
    publicClient: false,
    pkce: 'optional',
    pkcePlain: false,
    issueBehaviour: 'reuse',
    tokenFormat: 'opaque',
    applicationTokenValiditySeconds: settings.applicationTokenValiditySeconds,
    userTokenValiditySeconds: settings.userTokenValiditySeconds,
    refreshTokenValiditySeconds: settings.refreshTokenValiditySeconds,
    allowedOrigins: [],
    createdAtMs: ports.clock.realTimeMs(),
    server: null,
    servedHere: true,
    ...fields,
    consumerKey,
  };
  return { keySet: ports.store.keySets.insert(row, consumerSecret), consumerSecret };
};
