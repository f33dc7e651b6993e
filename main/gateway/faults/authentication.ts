import type { GatewayFault } from '../../engine/gateway/gateway.ts';
import type { Fault, Profile } from './fault.ts';

interface AuthenticationText {
  /** Absent: 401. */
  readonly status?: 403 | 500;
  /** By profile: 2.6, and later ones. */
  readonly message: readonly [string, string];
  /** Follows the frame of the description. */
  readonly hint?: readonly [string, string];
}

const same = (text: string): readonly [string, string] => [text, text];

/** Token reference 7.2, gateway reference 5.3. */
const texts: Readonly<Record<number, AuthenticationText>> = {
  900900: { status: 500, message: same('Unclassified Authentication Failure') },
  900901: {
    message: ['Invalid OAuth Credentials', 'Invalid Credentials'],
    hint: [
      '. Make sure you have given the correct access token',
      '. Make sure you have provided the correct security credentials',
    ],
  },
  900902: { message: ['Missing OAuth Credentials', 'Missing Credentials'] },
  900905: { message: same('Incorrect Access Token Type is provided') },
  900906: {
    status: 403,
    message: same('No matching resource found in the API for the given request'),
    hint: same('. Check the API documentation and add a proper REST resource path to the invocation URL'),
  },
  900907: { message: same('The requested API is temporarily blocked') },
  900908: { status: 403, message: same('Resource forbidden ') },
  900909: { message: same('The subscription to the API is inactive') },
  900910: { status: 403, message: same('The access token does not allow you to access the requested resource') },
};

const unclassified: AuthenticationText = { status: 500, message: same('Unclassified Authentication Failure') };

/** The text of WSO2's exception, and the advice that follows it in the description. */
type Description = readonly [text: string, advice: string];

const missing = (profile: Profile, header: string): Description =>
  profile === '2.6'
    ? [
        'Required OAuth credentials not provided',
        `. Make sure your API invocation call has a header: "${header}: Bearer ACCESS_TOKEN"`,
      ]
    : [
        'Invalid Credentials',
        `. Make sure your API invocation call has a header: '${header} : Bearer ACCESS_TOKEN' or '${header} : Basic ACCESS_TOKEN' or 'apikey: API_KEY'`,
      ];

/** 3.x and later have other texts for JWTs. */
const ofJwt = ({ code, jwt, api }: GatewayFault, hint: string): Description => {
  if (code === 900901) return [jwt === 'revoked' ? 'Invalid JWT token' : 'Invalid Credentials', hint];
  const unauthorized = 'User is NOT authorized to access the Resource';
  if (code === 900910) return [`${unauthorized}: ${api?.template}. Scope validation failed.`, ''];
  return [`${unauthorized}. API Subscription validation failed.`, ''];
};

const jwtCodes: ReadonlySet<number> = new Set([900901, 900907, 900908, 900909, 900910]);

const describe = (fault: GatewayFault, profile: Profile, message: string, hint: string): Description => {
  const { code, api, authorizationHeader = 'Authorization', jwt } = fault;
  if (code === 900902) return missing(profile, authorizationHeader);
  if (jwt !== undefined && profile !== '2.6' && jwtCodes.has(code)) return ofJwt(fault, hint);
  if (api === undefined) return [message, hint];
  return [`Access failure for API: ${api.basePath}, version: ${api.version} status: (${code}) - ${message}`, hint];
};

/** Gives a fault of authentication (gateway reference 5.3). */
export const authenticationFault = (fault: GatewayFault, profile: Profile): Fault => {
  const { status = 401, message: messages, hint: hints = same('') } = texts[fault.code] ?? unclassified;
  const choice = profile === '2.6' ? 0 : 1;
  const message = messages[choice];
  const [text, advice] = describe(fault, profile, message, hints[choice]);
  return {
    source: 'authentication',
    status,
    code: fault.code,
    message,
    description: text + advice,
    soap: { code: 'Client', reason: 'Authentication Failure', detail: profile === '4.x' ? message : text },
  };
};

/** `WWW-Authenticate` of each 401, whatever its reason (gateway reference 5.4). */
export const challenges: Readonly<Record<Profile, string>> = {
  '2.6': 'OAuth2 realm="WSO2 API Manager", error="invalid token", error_description="The access token expired"',
  '3.2': 'OAuth2 realm="WSO2 API Manager", error="invalid_token", error_description="The access token expired"',
  '4.x':
    'Internal API Key realm="WSO2 API Manager", Bearer realm="WSO2 API Manager", error="invalid_token", error_description="The provided token is invalid"',
};
