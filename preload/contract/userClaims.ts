import { z } from 'zod';
import { line } from './values.ts';

/** Claims that an issuer writes into each token, so no user can have others. */
const issuerClaims: ReadonlySet<string> = new Set([
  ...['iss', 'sub', 'aud', 'azp', 'exp', 'iat', 'nbf', 'jti', 'sid', 'nonce', 'auth_time', 'acr', 'amr'],
  ...['at_hash', 'c_hash', 's_hash', 'client_id', 'scope', 'aut', 'active'],
]);

const fieldOfClaim: ReadonlyMap<string, string> = new Map([
  ['given_name', 'givenName'],
  ['family_name', 'familyName'],
  ['email', 'email'],
  ['phone_number', 'phone'],
  ['groups', 'groups'],
]);

/** Standard claims that are not text. https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims */
const typeOfClaim: ReadonlyMap<string, 'boolean' | 'number' | 'object'> = new Map([
  ['email_verified', 'boolean'],
  ['phone_number_verified', 'boolean'],
  ['updated_at', 'number'],
  ['address', 'object'],
]);
const typeWords = { boolean: 'true or false', number: 'a number', object: 'a JSON object' };

const claimName = /^[A-Za-z][\x21\x23-\x5B\x5D-\x7E]{0,199}$/;
const mostClaims = 50;
const longestClaims = 4000;
const deepest = 8;

const isJson = (value: unknown, depth = 1): boolean => {
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  return typeof value === 'object' && depth < deepest && Object.values(value).every((one) => isJson(one, depth + 1));
};

/** The problem of a claim, with its fix. */
const claimFault = (name: string, value: unknown): string | undefined => {
  if (!claimName.test(name)) {
    return `The name "${name.slice(0, 40)}" must start with a letter, without spaces, quotes and backslashes, and have at most 200 characters.`;
  }
  if (issuerClaims.has(name)) return `Keyfob writes the claim ${name} itself. Choose another name.`;
  const field = fieldOfClaim.get(name);
  if (field !== undefined) return `The claim ${name} has its own field: ${field}.`;
  if (value === null) return `The claim ${name} is null. Leave it out.`;
  if (!isJson(value)) return `The claim ${name} must be JSON, at most ${deepest} levels deep.`;
  const type = typeOfClaim.get(name);
  const isOther = type !== undefined && (Array.isArray(value) || typeof value !== type);
  return isOther ? `The claim ${name} must be ${typeWords[type]}.` : undefined;
};

const otherClaims = z
  .record(z.string(), z.unknown(), { error: 'Write other claims as a JSON object, like {"department": "Sales"}.' })
  .superRefine((claims, context) => {
    const add = (message: string) => context.addIssue({ code: 'custom', message });
    const entries = Object.entries(claims);
    if (entries.length > mostClaims) return add(`Use at most ${mostClaims} other claims.`);
    const fault = entries.map(([name, value]) => claimFault(name, value)).find((one) => one !== undefined);
    if (fault !== undefined) return add(fault);
    if (JSON.stringify(claims).length > longestClaims) {
      add(`Other claims may have at most ${longestClaims} characters together.`);
    }
  });

/** People type the object as JSON. Other text is refused as no object. */
const parsed = (given: unknown): unknown => {
  if (typeof given !== 'string') return given;
  if (given.trim() === '') return {};
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
};

const emptyOr = (text: z.ZodString) => z.literal('').or(text);
const group = line('Group', 100);

/** A user's claims in ID tokens and at `/userinfo`. An empty value leaves the claim out. */
export const userClaims = z.strictObject({
  givenName: emptyOr(line('Given name', 100)).describe("given name ('' for none)"),
  familyName: emptyOr(line('Family name', 100)).describe("family name ('' for none)"),
  email: emptyOr(
    line('E-mail', 254).regex(/^[^\s@]+@[^\s@]+$/, 'An e-mail address has one @, like ann@example.com.'),
  ).describe("e-mail address ('' for none)"),
  phone: emptyOr(
    line('Phone', 50).regex(/^\+?[\d ().;=a-z/-]+$/i, 'A phone number has digits, like +1 555 0100.'),
  ).describe("phone number ('' for none)"),
  groups: z.array(group).max(50, 'Use at most 50 groups.').describe('groups'),
  otherClaims: z
    .preprocess(parsed, otherClaims)
    .describe('all other claims, as a JSON object like {"department": "Sales", "level": 3}'),
});
export type UserClaims = z.output<typeof userClaims>;
