import type { Decided } from '../../decisions/decided.ts';
import { OAuthError } from '../../decisions/oauthError.ts';
import type { Ports } from '../../ports/ports.ts';
import { jwtProfiles } from '../../tokens/format/claims.ts';
import { subjectOf } from '../../tokens/format/subject.ts';
import type { TokenAnswer } from '../../tokens/insertion.ts';
import type { SignIn } from '../../tokens/signIn.ts';
import { grantedClaims, hasScope } from './claims.ts';

/** The facts that an ID token states. */
interface IdTokenFacts {
  readonly issuer: string;
  readonly consumerKey: string;
  readonly subject: string;
  readonly accessToken: string;
  /** Seconds of token time. */
  readonly issuedAt: number;
  readonly validitySeconds: number;
  /** Claims of the user, by scope. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Of the authorization_code grant, and of its refreshes. */
  readonly signIn?: SignIn | undefined;
}

export const idTokenAlgorithm = 'RS256';

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * The left half of a SHA-256 digest as base64url: `at_hash` and `c_hash`. 16 bytes are 21 characters and two bits of the
 * next one. https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken
 */
const leftHalf = (digest: string): string =>
  `${digest.slice(0, 21)}${base64url.charAt(base64url.indexOf(digest.charAt(21)) & 0b110000)}`;

/**
 * The claims of an ID token (https://openid.net/specs/openid-connect-core-1_0.html#IDToken; OpenID reference 6). WSO2
 * always writes `aud` as a list, `azp`, and `amr` even when it is empty. `sha256` gives base64url.
 */
export const idTokenClaims = (
  { issuer, consumerKey, subject, accessToken, issuedAt, validitySeconds, claims, signIn }: IdTokenFacts,
  sha256: Ports['sha256'],
): Readonly<Record<string, unknown>> => ({
  iss: issuer,
  sub: subject,
  aud: [consumerKey],
  azp: consumerKey,
  exp: issuedAt + validitySeconds,
  iat: issuedAt,
  nbf: issuedAt,
  ...(signIn && { auth_time: signIn.authTimeSeconds }),
  ...(signIn?.nonce !== undefined && { nonce: signIn.nonce }),
  ...(signIn?.sessionId !== undefined && { sid: signIn.sessionId }),
  amr: signIn ? ['BasicAuthenticator'] : [],
  at_hash: leftHalf(sha256(accessToken)),
  ...(signIn?.code !== undefined && { c_hash: leftHalf(sha256(signIn.code)) }),
  ...claims,
});

/** The ID token of an answer whose scopes hold `openid`. Application tokens have none unless a setting says so. */
const idTokenOf = (ports: Ports, atMs: number, answer: TokenAnswer): string | undefined => {
  if (!hasScope(answer.scope, 'openid')) return undefined;
  const { tokens, users, keySets, settings } = ports.store;
  const row = tokens.byId(answer.tokenId);
  const user = row && users.byId(row.userId);
  const keySet = row && keySets.byId(row.keySetId);
  if (row === undefined || user === undefined || keySet === undefined) return undefined;
  if (row.userType === 'APPLICATION' && !settings.read().idTokenForClientCredentials) return undefined;
  const facts: IdTokenFacts = {
    issuer: ports.endpoint.issuer(),
    consumerKey: keySet.consumerKey,
    subject: subjectOf(ports, user),
    accessToken: answer.accessToken,
    issuedAt: Math.floor(atMs / 1000),
    validitySeconds: settings.read().idTokenValiditySeconds,
    claims: grantedClaims(ports, user, answer.scope),
    signIn: answer.signIn,
  };
  const { tokenFormat } = keySet;
  const era = tokenFormat === 'opaque' ? undefined : jwtProfiles[tokenFormat].era;
  const exact = settings.read().jwtHeader === 'exact';
  return ports.signer.sign(idTokenAlgorithm, { era, exact }, idTokenClaims(facts, ports.sha256));
};

/** Adds the ID token to an answer of the token endpoint. A reused access token gets a new ID token as well. */
export const withIdToken = (
  ports: Ports,
  atMs: number,
  decided: Decided<TokenAnswer | OAuthError>,
): Decided<TokenAnswer | OAuthError> => {
  const add = (answer: TokenAnswer | OAuthError): TokenAnswer | OAuthError => {
    const idToken = answer instanceof OAuthError ? undefined : idTokenOf(ports, atMs, answer);
    return idToken === undefined ? answer : { ...answer, idToken };
  };
  return decided.kind === 'answer'
    ? { kind: 'answer', answer: add(decided.answer) }
    : { kind: 'write', apply: () => add(decided.apply()) };
};
