import type { TokenFormat } from '../../../../preload/contract/tokenFormat.ts';
import type { KeyType, UserType } from '../../../../preload/contract/values.ts';
import type { Era } from '../../ports/signer.ts';

/** An API as 2.x writes it into a token of an application that subscribes to it. */
export interface SubscribedApi {
  readonly subscriberTenantDomain: string;
  readonly name: string;
  /** With the version, like `/orders/1.0.0`. */
  readonly context: string;
  readonly publisher: string;
  readonly version: string;
  readonly subscriptionTier: string;
}

/** A tier as 2.x writes it. */
export interface TierInfo {
  readonly stopOnQuotaReach: boolean;
  readonly spikeArrestLimit: number;
  readonly spikeArrestUnit: string | null;
}

/** The facts that the claims of an access token state. */
export interface JwtFacts {
  readonly issuer: string;
  /** Where the APIs are, for RFC 9068. */
  readonly resource: string;
  /** The `jti`. */
  readonly id: string;
  /** Of the user, or of the owner for an application token. */
  readonly subject: string;
  readonly userType: UserType;
  readonly consumerKey: string;
  readonly keyType: KeyType;
  /** Separated by spaces. */
  readonly scope: string;
  /** Seconds of token time. */
  readonly issuedAt: number;
  /** Seconds of token time; null: never. */
  readonly expiresAt: number | null;
  /** `NONE` unless the key set allows several live tokens. */
  readonly bindingRef: string;
  readonly application: { readonly owner: string; readonly tier: string; readonly name: string; readonly id: number };
  /** Read by `apim26` only. */
  readonly subscriptions: () => {
    readonly apis: readonly SubscribedApi[];
    readonly tiers: Readonly<Record<string, TierInfo>>;
  };
}

/** The claims of an access token, in the order of its format. */
export type Claims = Readonly<Record<string, unknown>>;

/** 2.x adds this many seconds for a token that never expires (JWT reference 10.2). */
const neverIn26 = 2_147_483_647;

/** The end of the year 9999, for "never": the last time that every library can hold. */
const never = 253_402_300_799;

/** JWT reference 10.1, P1. */
const apim26 = (facts: JwtFacts): Claims => {
  const { apis, tiers } = facts.subscriptions();
  return {
    aud: 'http://org.wso2.apimgt/gateway',
    sub: facts.subject,
    application: { ...facts.application, uuid: null },
    scope: facts.scope,
    iss: facts.issuer,
    tierInfo: tiers,
    keytype: facts.keyType,
    subscribedAPIs: apis,
    consumerKey: facts.consumerKey,
    exp: facts.expiresAt ?? facts.issuedAt + neverIn26,
    iat: facts.issuedAt,
    jti: facts.id,
  };
};

/** JWT reference 10.1, P2. */
const apim32 = (facts: JwtFacts): Claims => ({
  sub: facts.subject,
  aut: facts.userType,
  aud: facts.consumerKey,
  nbf: facts.issuedAt,
  azp: facts.consumerKey,
  scope: facts.scope,
  iss: facts.issuer,
  exp: facts.expiresAt ?? never,
  iat: facts.issuedAt,
  jti: facts.id,
});

/** JWT reference 10.1, P3. */
const apim42 = (facts: JwtFacts): Claims => ({
  ...apim32(facts),
  client_id: facts.consumerKey,
  ...(facts.bindingRef !== 'NONE' && { binding_ref: facts.bindingRef, binding_type: 'request' }),
});

/** https://www.rfc-editor.org/rfc/rfc9068#section-2.2: without a user, the client is the subject. */
const rfc9068 = (facts: JwtFacts): Claims => ({
  iss: facts.issuer,
  sub: facts.userType === 'APPLICATION' ? facts.consumerKey : facts.subject,
  aud: facts.resource,
  client_id: facts.consumerKey,
  exp: facts.expiresAt ?? never,
  iat: facts.issuedAt,
  jti: facts.id,
  scope: facts.scope,
});

export type JwtFormat = Exclude<TokenFormat, 'opaque'>;

/** The `typ` of the header, the version that names its key, and the claims of each format (JWT reference 10.1). */
export const jwtProfiles: Readonly<
  Record<JwtFormat, { readonly typ?: string; readonly era?: Era; readonly claimsOf: (facts: JwtFacts) => Claims }>
> = {
  apim26: { typ: 'JWT', era: '2.x', claimsOf: apim26 },
  apim32: { era: '4.x', claimsOf: apim32 },
  apim42: { typ: 'at+jwt', era: '4.x', claimsOf: apim42 },
  rfc9068: { typ: 'at+jwt', claimsOf: rfc9068 },
};
