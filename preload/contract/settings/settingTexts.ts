import { desktopSettingTexts } from './desktopSettingTexts.ts';
import { gatewaySettingTexts } from './gatewaySettingTexts.ts';
import { jwtSettingTexts } from './jwtSettingTexts.ts';
import { openIdSettingTexts } from './openIdSettingTexts.ts';
import type { SettingText } from './settingText.ts';
import { signInSettingTexts } from './signInSettingTexts.ts';

const untouched = "Existing keys and tokens don't change.";

const texts = {
  clockOffsetSeconds: {
    title: 'Clock offset',
    summary: 'seconds by which token time is ahead of real time (negative: behind)',
    explanation:
      "Seconds that token time is ahead of real time, or behind it when negative. Only token lifetimes follow; certificates and logs don't. Moving back can revive an expired token, never a revoked one.",
  },
  applicationTokenValiditySeconds: {
    title: 'Lifetime of application tokens',
    summary: 'lifetime of application tokens in seconds, for new keys (negative: never expires)',
    explanation: `The default for new keys, in seconds. A negative number means that tokens never expire. ${untouched}`,
  },
  userTokenValiditySeconds: {
    title: 'Lifetime of user tokens',
    summary: 'lifetime of user tokens in seconds, for new keys (negative: never expires)',
    explanation: `The default for new keys, in seconds. A negative number means that tokens never expire. ${untouched}`,
  },
  refreshTokenValiditySeconds: {
    title: 'Lifetime of refresh tokens',
    summary: 'lifetime of refresh tokens in seconds, for new keys (negative: never expires)',
    explanation: `The default for new keys, in seconds. A negative number means that tokens never expire. ${untouched}`,
  },
  skewSeconds: {
    title: 'Time skew',
    summary: 'seconds added to the remaining lifetime of a token',
    explanation:
      "Seconds added to every token's remaining lifetime. With 300, a reused token of 3600 s says up to 3899 s, and stays valid for 300 s after its expiry. WSO2 calls it timestamp skew; its default is 0.",
  },
  infiniteUserTokenReuse: {
    title: 'Reuse of never-expiring user tokens',
    summary: 'return a never-expiring user token again, instead of a new one each time',
    explanation: 'What happens when a user token that never expires is requested again.',
    choices: [
      { value: true, label: 'Reuse it', meaning: 'As WSO2 documents it: each request returns the same token.' },
      {
        value: false,
        label: 'Renew it each time',
        meaning:
          "As API Manager's code does since 2.2: each request gets a new token, and the previous one becomes EXPIRED.",
      },
    ],
  },
  renewRefreshToken: {
    title: 'New refresh token with each refresh',
    summary: 'issue a new refresh token with each refresh',
    explanation: 'What a refresh does to the refresh token itself.',
    choices: [
      {
        value: true,
        label: 'Renew it',
        meaning: 'A new refresh token with a full lifetime. The old one stops working.',
      },
      {
        value: false,
        label: 'Keep it',
        meaning: 'The refresh token stays, with its original expiry. After that, the user signs in again.',
      },
    ],
  },
  scopePolicy: {
    title: 'Unknown scopes',
    summary: 'treatment of unknown scopes',
    explanation: "What happens to a requested scope that isn't defined here.",
    choices: [
      {
        value: 'drop',
        label: 'Drop',
        meaning: `As in 2.x: the token doesn't get the scope. If no scope is left, it gets "default".`,
      },
      { value: 'echo', label: 'Echo', meaning: 'As in 4.x: the token gets the scope.' },
    ],
  },
  allowedScopePatterns: {
    title: 'Scopes allowed without definition',
    summary: 'regular expressions of scopes that need no definition',
    explanation:
      'Regular expressions for whole scopes. A matching scope needs no definition and no role, like device_… always.',
  },
  minusOneMeans: {
    title: 'validity_period=-1 on the wire',
    summary: 'meaning of validity_period=-1',
    explanation: 'What -1 as a requested lifetime means. Other negative numbers always mean never.',
    choices: [
      { value: 'never', label: 'Never expires', meaning: 'As the documentation suggests.' },
      {
        value: 'default',
        label: 'The default lifetime',
        meaning: "As 2.x code does: -1 marks a missing value, so the key set's lifetime applies.",
      },
    ],
  },
  tokenPersistence: {
    title: 'Stored token values',
    summary:
      'encrypted, or hashed, which shows each value only when it is issued. Turning hashed on deletes all stored values for good: active tokens stay valid, but nobody can view them again',
    explanation:
      "Whether access and refresh tokens can be viewed later. Switching to hashes deletes all stored values, which can't be undone: active tokens stay valid, but nobody can view them again.",
    choices: [
      {
        value: 'encrypted',
        label: 'Encrypted',
        meaning: 'Values can be viewed and copied at any time, and active tokens are reused.',
      },
      {
        value: 'hashed',
        label: 'As hashes only',
        meaning: 'A value is shown once, when it is issued. Each request gets a new token, as none can be reused.',
      },
    ],
  },
  retiredTokensKeptDays: {
    title: 'Purge retired tokens',
    summary: 'days of real time before a retired token is purged, at the start and once an hour',
    explanation:
      'Days after which inactive and revoked tokens are deleted with their history, in real time. Keyfob checks at each start and once an hour. Tokens with a working refresh token are kept, and so are expired ones that were not requested since.',
  },
  refuseUrlParameters: {
    title: 'Parameters in the URL',
    summary: 'refuse token and revoke requests with parameters in the URL',
    explanation: 'What happens to a token or revoke request with parameters in the URL instead of the body.',
    choices: [
      {
        value: false,
        label: 'Accept them',
        meaning: 'As WSO2 does by default. The request log marks secrets in a URL.',
      },
      {
        value: true,
        label: 'Refuse them',
        meaning: 'Answers 400, which finds the calls that put secrets into URLs.',
      },
    ],
  },
  devPortal: {
    title: 'DevPortal REST API',
    summary: 'serve the REST API of the developer portal (v2, v3) and client registration',
    explanation:
      'Whether scripts manage applications, keys and subscriptions at /api/am/devportal, as with API Manager 4.x. A user needs the role admin, Internal/subscriber or Internal/devops.',
    choices: [
      { value: false, label: 'Off', meaning: 'These paths lead to the gateway.' },
      {
        value: true,
        label: 'Serve it',
        meaning: 'A program with the password of such a user reads and changes the keys of that user.',
      },
    ],
  },
  emailUsernames: {
    title: 'E-mail addresses as user names',
    summary:
      'read kim@example.com as a name in carbon.super, not as kim in the tenant example.com; existing users keep their name and tenant',
    explanation:
      'How a user name with one @ is read, in requests and in Keyfob. Existing users keep their name and tenant.',
    choices: [
      {
        value: false,
        label: 'Tenant after the @',
        meaning: 'As WSO2 does by default: kim@example.com is kim in the tenant example.com.',
      },
      {
        value: true,
        label: 'One @ belongs to the name',
        meaning:
          'As WSO2 with EnableEmailUserName: the tenant follows the second @, as in kim@example.com@carbon.super.',
      },
    ],
  },
  renewRefreshTokenToo: {
    title: 'Refresh token of keys that renew',
    summary: 'issue a new refresh token with each access token, for keys with the issue behaviour renew',
    explanation: 'What happens to the refresh token when keys with the issue behaviour "renew" issue a new user token.',
    choices: [
      {
        value: false,
        label: 'Keep it',
        meaning: 'As WSO2 does by default: it stays while it outlives the new access token.',
      },
      {
        value: true,
        label: 'Replace it',
        meaning: 'As WSO2 does with renew_access_token_per_request: the old refresh token stops working.',
      },
    ],
  },
  refreshedNeverExpiresIn: {
    title: 'expires_in of a refreshed token that never expires',
    summary: 'expires_in of a never-expiring token after a refresh',
    explanation: 'The number that means "never" in the answer to a refresh.',
    choices: [
      {
        value: '9223372036854775',
        label: '9223372036854775',
        meaning: 'Same number as in all other answers.',
      },
      {
        value: '9223372036854775807',
        label: '9223372036854775807',
        meaning: 'As the code of all WSO2 versions does.',
      },
    ],
  },
  revokeHeaders: {
    title: 'Headers that name revoked tokens',
    summary: 'name revoked tokens in the headers of revocation and refresh',
    explanation:
      'Whether replies have the headers RevokedAccessToken, RevokedRefreshToken, AuthorizedUser and DeactivatedAccessToken.',
    choices: [
      { value: true, label: 'Send them', meaning: 'As WSO2 does, so that its gateway can clear its cache.' },
      {
        value: false,
        label: 'Leave them out',
        meaning: 'Plain replies by RFC 7009 and RFC 6749.',
      },
    ],
  },
  ...openIdSettingTexts,
  ...jwtSettingTexts,
  ...signInSettingTexts,
  ...gatewaySettingTexts,
  port: {
    title: 'HTTPS port',
    summary: 'HTTPS port (0 = any free port)',
    explanation: "The endpoint's HTTPS port. 0 picks a free port. Applies at the endpoint's next start.",
  },
  httpPort: {
    title: 'HTTP port',
    summary: 'plain HTTP port, in addition to HTTPS',
    explanation:
      "A port for plain HTTP in addition to HTTPS, for clients that can't use our certificate. Applies at the endpoint's next start.",
  },
  extraNames: {
    title: 'Extra names and addresses',
    summary:
      'extra names and addresses of this machine, for the certificate and the Host check; the endpoint listens on the addresses',
    explanation:
      'Names and addresses under which phones, emulators and containers reach this machine. The certificate and the Host check include them at once. The endpoint listens on the addresses, so other machines can reach it.',
  },
  issuerHost: {
    title: 'Host name of the issuer',
    summary: "host name in the OpenID issuer: localhost, 127.0.0.1, ::1 or one of the endpoint's extra names",
    explanation:
      'Strict OpenID clients accept only an issuer at the host name that they use. Metadata, ID tokens and JWTs follow it; issued ones keep their issuer.',
  },
  keepServingWhenLocked: {
    title: 'When locked',
    summary: 'keep serving while the vault is locked',
    explanation: 'What the endpoint does when the vault is locked.',
    choices: [
      {
        value: false,
        label: 'Stop endpoint',
        meaning: 'The endpoint stops, and the keys leave memory. Unlocking starts it again.',
      },
      {
        value: true,
        label: 'Keep serving',
        meaning: 'The endpoint keeps serving, so the keys stay in memory. Window and command line are locked.',
      },
    ],
  },
  ...desktopSettingTexts,
} satisfies Readonly<Record<string, SettingText>>;

/** The texts of all settings, for the command line's help and the window. */
export const settingTexts: Readonly<Record<keyof typeof texts, SettingText>> = texts;

/** The settings with few values, each explained. */
export type ChoiceSettingName = {
  [N in keyof typeof texts]: (typeof texts)[N] extends { readonly choices: unknown } ? N : never;
}[keyof typeof texts];
