/** A token shows its last characters, so that people recognise it. A secret shows nothing. */
export type Kind = 'token' | 'secret';

/** Replaces a secret value by dots, and remembers it, so that it is masked elsewhere in the same request too. */
export type Mask = (value: string, kind: Kind) => string;

export const dots = '••••';
/** A shorter token would be shown in large part. */
const shortestToken = 16;
/** A shorter text may occur by chance, like a password `admin` that is a user name as well. */
const shortestRemembered = 8;

/** WSO2's fault texts name the header with this word in place of a token. */
const placeholder = /^(?:Bearer\s+)?ACCESS_TOKEN$/;

/** Creates the mask of one request. `maskRemembered` masks what it has seen in any other text. */
export const createMask = (): { readonly mask: Mask; readonly maskRemembered: (text: string) => string } => {
  const remembered = new Map<string, string>();
  return {
    mask(value, kind) {
      if (value === '' || placeholder.test(value.trim())) return value;
      const masked = kind === 'token' && value.length >= shortestToken ? `${dots}${value.slice(-4)}` : dots;
      if (value.length >= shortestRemembered) remembered.set(value, masked);
      return masked;
    },
    maskRemembered(text) {
      let masked = text;
      for (const [value, instead] of remembered) masked = masked.replaceAll(value, instead);
      return masked;
    },
  };
};

/** Names are compared without case and punctuation: `client_secret` and `ClientSecret` are one. */
const normalized = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const harmless: ReadonlySet<string> = new Set([
  ...['tokentype', 'tokentypehint', 'tokenendpoint', 'tokenurl', 'tokenuri', 'tokenid'],
  ...['tokenendpointauthmethodssupported', 'codechallenge', 'codechallengemethod', 'granttype'],
]);
const secretPart =
  /pass|pwd|secret|credential|assertion|verifier|signature|privatekey|apikey|accesskey|subscriptionkey|cookie|session|saml|authorization(?!endpoint)/;
const exactSecrets: ReadonlySet<string> = new Set([
  ...['code', 'authcode', 'devicecode', 'usercode', 'key', 'auth', 'pin', 'otp', 'sid', 'digest'],
]);
/** Identifiers that look like tokens. */
const identifiers: ReadonlySet<string> = new Set([
  ...[
    'clientid',
    'consumerkey',
    'azp',
    'aud',
    'kid',
    'jti',
    'x5t',
    'etag',
    'state',
    'nonce',
    'requestid',
    'xrequestid',
  ],
]);

/** Gives the kind of value that a parameter, member, element or header of this name holds; `undefined` for no secret. */
export const kindOf = (name: string): Kind | undefined => {
  const plain = normalized(name);
  if (harmless.has(plain)) return undefined;
  if (secretPart.test(plain) || exactSecrets.has(plain)) return 'secret';
  return plain.includes('token') || plain.includes('jwt') ? 'token' : undefined;
};

/** Whether values of this name may look like tokens and are none. */
export const isIdentifier = (name: string): boolean => identifiers.has(normalized(name));

/** Parameters and headers of one known form. Anything else in them may be a secret in the wrong place. */
const forms: ReadonlyMap<string, RegExp> = new Map([
  ['validityperiod', /^-?\d{1,20}$/],
  ['tokentypehint', /^[a-z_]{1,20}$/i],
  ['host', /^[a-z0-9.:[\]_-]{1,255}$/i],
  ['origin', /^(?:null|[a-z][a-z0-9+.-]*:\/\/[a-z0-9.:[\]_-]{1,255})$/i],
  ['expect', /^100-continue$/i],
]);

/** Whether a value lacks the form that all values of its name have. */
export const isMisplaced = (name: string, value: string): boolean =>
  value !== '' && forms.get(normalized(name))?.test(value) === false;

/** Codes of errors are numbers, and no authorization code is one. */
export const isErrorCode = (name: string, value: string): boolean =>
  normalized(name) === 'code' && /^\d{1,6}$/.test(value);
