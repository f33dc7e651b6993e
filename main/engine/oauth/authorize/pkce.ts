import type { Sha256 } from '../../ports/ports.ts';
import type { CodeChallenge } from '../../ports/store/authorizationCodes.ts';
import type { KeySetRow } from '../../ports/store/keys.ts';

/** https://www.rfc-editor.org/rfc/rfc7636#section-4.1 */
const wellFormed = /^[A-Za-z0-9_.~-]{43,128}$/;
const wellFormedS256 = /^[A-Za-z0-9_-]{43}$/;

type Client = Pick<KeySetRow, 'publicClient' | 'pkce' | 'pkcePlain'>;

/** Public clients always need PKCE: https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1 */
const isMandatory = ({ publicClient, pkce }: Client): boolean => publicClient || pkce === 'required';

/**
 * Reads the challenge of an authorization request: gives it, `undefined` for none, or WSO2's text of what is wrong
 * (OpenID reference 5). An empty parameter counts as missing.
 */
export const readChallenge = (
  client: Client,
  value: string | undefined,
  method: string | undefined,
): CodeChallenge | undefined | { readonly problem: string } => {
  const isPlain = method === undefined || method === 'plain';
  const isGood = value !== undefined && (isPlain ? wellFormed : wellFormedS256).test(value);
  if (isMandatory(client) && !(isGood && (isPlain || method === 'S256'))) {
    return {
      problem:
        'PKCE is mandatory for this application. PKCE Challenge is not provided or is not upto RFC 7636 specification.',
    };
  }
  if (!isPlain && method !== 'S256') return { problem: 'Unsupported PKCE Challenge Method' };
  if (value === undefined) return undefined;
  if (isPlain && !client.pkcePlain) {
    return { problem: 'This application does not support "plain" transformation algorithm.' };
  }
  if (!isGood) return { problem: 'Code challenge used is not up to RFC 7636 specifications.' };
  return { value, method: isPlain ? 'plain' : 'S256' };
};

/**
 * Checks the verifier of a token request: gives WSO2's text of what is wrong, or undefined (OpenID reference 5).
 * `ignoresSurplus`: a verifier without a stored challenge passes, as in WSO2.
 * https://www.rfc-editor.org/rfc/rfc7636#section-4.6
 */
export const verifierProblem = (
  client: Client,
  challenge: CodeChallenge | null,
  verifier: string | undefined,
  { sha256, ignoresSurplus }: { readonly sha256: Sha256; readonly ignoresSurplus: boolean },
): string | undefined => {
  if (verifier === undefined && isMandatory(client)) {
    return 'No PKCE code verifier found.PKCE is mandatory for this oAuth 2.0 application.';
  }
  if (challenge === null) {
    if (verifier === undefined || ignoresSurplus) return undefined;
    return 'The authorization request had no code_challenge, so no code_verifier is accepted.';
  }
  if (verifier === undefined) {
    return 'Empty PKCE code_verifier sent. This authorization code requires a PKCE verification to obtain an access token.';
  }
  if (!wellFormed.test(verifier)) return 'Code verifier used is not up to RFC 7636 specifications.';
  if (challenge.method === 'plain' && !client.pkcePlain) {
    return "This application does not allow 'plain' transformation algorithm.";
  }
  const derived = challenge.method === 'plain' ? verifier : sha256(verifier);
  return derived === challenge.value ? undefined : 'PKCE validation failed';
};
