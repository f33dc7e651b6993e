import type { Settings } from '../../../../preload/contract/settings/settings.ts';
import type { SigningAlgorithm } from '../../../../preload/contract/values.ts';
import { type Client, ownerOf } from '../../clients/client.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Tuple } from '../../ports/store/tokens.ts';
import type { UserRow } from '../../ports/store/users.ts';
import { displayName } from '../../usernames.ts';
import { expiryMs, type Lifetime } from '../lifetime.ts';
import { type JwtFacts, type JwtFormat, jwtProfiles } from './claims.ts';
import { accessTokenSubject } from './subject.ts';
import { subscriptionsOf } from './subscriptions.ts';

/** A token to issue, and its bearer. */
export interface TokenToSign extends Lifetime {
  readonly tuple: Tuple;
  readonly client: Client;
  readonly user: UserRow;
}

const algorithmOf = (format: JwtFormat, { jwtAlgorithm, rfc9068Algorithm }: Settings): SigningAlgorithm =>
  format === 'rfc9068' ? rfc9068Algorithm : jwtAlgorithm;

const seconds = (ms: number): number => Math.floor(ms / 1000);

const factsOf = (ports: Ports, { tuple, client, user, ...lifetime }: TokenToSign, id: string): JwtFacts => {
  const { application, keySet } = client;
  const issuer = ports.endpoint.issuer();
  const end = expiryMs(lifetime);
  return {
    issuer,
    resource: issuer.slice(0, issuer.indexOf('/', 'https://'.length)),
    id,
    subject: accessTokenSubject(ports, user, keySet.tokenFormat),
    userType: tuple.userType,
    consumerKey: keySet.consumerKey,
    keyType: keySet.keyType,
    scope: tuple.scope,
    issuedAt: seconds(lifetime.issuedAtMs),
    expiresAt: end === null ? null : seconds(end),
    bindingRef: tuple.bindingRef,
    application: {
      owner: displayName(ownerOf(ports, application)),
      tier: application.tier,
      name: application.name,
      id: application.id,
    },
    subscriptions: () => subscriptionsOf(ports, application),
  };
};

/** Gives what signs a token as its key set wants it, with an id for `jti`; undefined for an opaque one. */
export const jwtSigner = (ports: Ports, token: TokenToSign): ((jwtId: string) => string) | undefined => {
  const { tokenFormat } = token.client.keySet;
  if (tokenFormat === 'opaque') return undefined;
  const { typ, era, claimsOf } = jwtProfiles[tokenFormat];
  const settings = ports.store.settings.read();
  const header = { typ, era, exact: settings.jwtHeader === 'exact' };
  const algorithm = algorithmOf(tokenFormat, settings);
  return (jwtId) => ports.signer.sign(algorithm, header, claimsOf(factsOf(ports, token, jwtId)));
};

/**
 * Whether a repeated request gets a new JWT: API Manager's issuers never return one again (JWT reference 10.4), unless
 * the setting `reuseJwts` makes them.
 */
export const renewsJwts = (ports: Ports, { keySet }: Client): boolean =>
  keySet.tokenFormat !== 'opaque' && keySet.tokenFormat !== 'rfc9068' && !ports.store.settings.read().reuseJwts;

/** The state of a JWT that a repeated request replaced: 2.x and later versions differ (rows 48, A59, A60). */
export const replacedState = ({ keySet }: Client): 'EXPIRED' | 'REVOKED' =>
  keySet.tokenFormat === 'apim26' ? 'EXPIRED' : 'REVOKED';
