import type { Ports } from '../../ports/ports.ts';
import type { DecodedJws } from '../../ports/signer.ts';

/** A genuine ID token that a client sends back. */
export interface IdTokenHint {
  readonly subject: string;
  readonly clientId: string;
}

/** Whether a JWT of ours is an ID token: access tokens have a `typ`, or no `at_hash`. */
const isIdToken = ({ header, claims, isGood }: DecodedJws): boolean =>
  isGood && header.typ === undefined && typeof claims.at_hash === 'string';

/** The claims of a genuine ID token of ours, perhaps an expired one; undefined for other values. */
export const readIdToken = (ports: Ports, value: string): DecodedJws['claims'] | undefined => {
  const decoded = value.startsWith('eyJ') ? ports.signingKeys.decode(value) : undefined;
  return decoded !== undefined && isIdToken(decoded) ? decoded.claims : undefined;
};

/**
 * Reads an `id_token_hint`: signature, issuer and audience are checked, and an expired one is good. Gives the broken rule
 * of a bad one. https://openid.net/specs/openid-connect-rpinitiated-1_0.html#rfc.section.4
 */
export const readHint = (ports: Ports, hint: string): IdTokenHint | { readonly problem: string } => {
  const decoded = ports.signingKeys.decode(hint);
  if (decoded === undefined) return { problem: 'The id_token_hint is not a JWT.' };
  if (!decoded.isGood) return { problem: 'No key of this installation signed the id_token_hint as it is.' };
  if (!isIdToken(decoded)) return { problem: 'The id_token_hint is another JWT, not an ID token.' };
  const { iss, sub, aud } = decoded.claims;
  const issuer = ports.endpoint.issuer();
  if (iss !== issuer) return { problem: `The issuer of the id_token_hint is ${iss}, and ours is ${issuer}.` };
  const clientId: unknown = Array.isArray(aud) ? aud[0] : aud;
  if (typeof sub === 'string' && typeof clientId === 'string') return { subject: sub, clientId };
  return { problem: 'The id_token_hint has no subject or no audience.' };
};
