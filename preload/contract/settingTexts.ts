/** What a setting is, for people who look at it. */
export interface SettingText {
  readonly title: string;
  /** One line, for help texts. */
  readonly summary: string;
  /** What it means, in whole sentences. */
  readonly explanation: string;
  /** Of a setting with few values: what each means, the default first. */
  readonly choices?: readonly { readonly value: boolean | string; readonly label: string; readonly meaning: string }[];
}

const untouched = 'Keys and tokens there are already stay as they are.';

const texts = {
  clockOffsetSeconds: {
    title: 'Clock offset',
    summary: 'moves token time against real time',
    explanation:
      'Seconds that token time is ahead of real time, or behind it when negative. Lifetimes and introspection follow; certificates and logs do not. Moved back, a token that ran out may be valid again, a retired one never.',
  },
  applicationTokenValiditySeconds: {
    title: 'Lifetime of application tokens',
    summary: 'of application tokens, for keys generated from now on; negative: never expires',
    explanation: `Seconds that an application token lives; a negative number means it never expires. It goes into keys generated from now on. ${untouched}`,
  },
  userTokenValiditySeconds: {
    title: 'Lifetime of user tokens',
    summary: 'of user tokens, for keys generated from now on; negative: never expires',
    explanation: `Seconds that a user token lives; a negative number means it never expires. It goes into keys generated from now on. ${untouched}`,
  },
  refreshTokenValiditySeconds: {
    title: 'Lifetime of refresh tokens',
    summary: 'of refresh tokens, for keys generated from now on; negative: never expires',
    explanation: `Seconds that a refresh token lives; a negative number means it never expires. It goes into keys generated from now on. ${untouched}`,
  },
  skewSeconds: {
    title: 'Time skew',
    summary: 'added to what a token has left',
    explanation:
      'Seconds added to what every token has left: with 300, a token of 3600 s handed out again says up to 3899 s, and is valid for 300 s after its end. WSO2 calls it timestamp skew; an installation that nobody changed has 0.',
  },
  infiniteUserTokenReuse: {
    title: 'Hand out never-expiring user tokens again',
    summary: 'hand a never-expiring user token out again, rather than renew it each time',
    explanation: 'What happens when a user token that never expires is asked for once more.',
    choices: [
      { value: true, label: 'Hand it out again', meaning: 'As WSO2 documents it: the same token each time.' },
      {
        value: false,
        label: 'Renew it each time',
        meaning: 'As the code does from API Manager 2.2 on: a new token each time, and the one before becomes EXPIRED.',
      },
    ],
  },
  renewRefreshToken: {
    title: 'New refresh token with each refresh',
    summary: 'a refresh makes a new refresh token',
    explanation: 'What a refresh does to the refresh token itself.',
    choices: [
      { value: true, label: 'Renew it', meaning: 'A new refresh token with its whole lifetime; the old one is dead.' },
      {
        value: false,
        label: 'Keep it',
        meaning: 'The same refresh token goes on, and still ends when it would have: then the user signs in again.',
      },
    ],
  },
  scopePolicy: {
    title: 'Unknown scopes',
    summary: 'what becomes of unknown scopes',
    explanation: 'What a token request gets for a scope that is not defined here.',
    choices: [
      { value: 'drop', label: 'Drop', meaning: 'As 2.x: the token goes without; with none left it has "default".' },
      { value: 'echo', label: 'Echo', meaning: 'As 4.x: the token has the scope, though nobody defined it.' },
    ],
  },
  allowedScopePatterns: {
    title: 'Scopes allowed without definition',
    summary: 'regular expressions of scopes that pass without being defined',
    explanation:
      'Regular expressions, each for a whole scope. Scopes that match pass without definition and without a role, as device_… always does. openid needs a pattern of its own here, as no ID tokens are issued yet.',
  },
  minusOneMeans: {
    title: 'validity_period=-1 on the wire',
    summary: 'what validity_period=-1 means',
    explanation: 'What a token request means by a lifetime of -1. Other negative numbers always mean never.',
    choices: [
      { value: 'never', label: 'Never expires', meaning: 'What the documentation leads one to expect.' },
      {
        value: 'default',
        label: 'The default lifetime',
        meaning: 'What 2.x code does: -1 is its mark for "not given", so the lifetime of the key set applies.',
      },
    ],
  },
  tokenPersistence: {
    title: 'How token values are kept',
    summary:
      'encrypted, or hashed: each value is shown once, by what issues it. Turning hashed on drops all values kept so far, for good: live tokens stay valid, but nobody can see them again',
    explanation:
      'Whether access and refresh tokens can be shown again. Once only hashes are kept, the values kept so far are dropped, which nothing undoes: live tokens stay valid, but nobody can see them again.',
    choices: [
      {
        value: 'encrypted',
        label: 'Encrypted',
        meaning: 'Values can be shown and copied at any time, and a live token is handed out again.',
      },
      {
        value: 'hashed',
        label: 'As hashes only',
        meaning:
          'A value is shown once, by what issues it. Each request gets a new token, as none can be handed out again.',
      },
    ],
  },
  retiredTokensKeptDays: {
    title: 'Purge retired tokens',
    summary:
      'days of real time that a retired token is kept before it is purged, at the start and once an hour; none: for ever',
    explanation:
      'Days of real time after which a token that is no longer ACTIVE is deleted, with its history: at the next start, and then once an hour. Tokens that ran out and were not asked for since are ACTIVE still, and stay; so does what has a refresh token that works.',
  },
  refuseUrlParameters: {
    title: 'Parameters in the URL',
    summary: 'refuse token and revoke requests with parameters in the URL',
    explanation: 'What a token or revoke request gets whose parameters are in the URL and not in its body.',
    choices: [
      {
        value: false,
        label: 'Read them',
        meaning: 'As WSO2 does unless configured. The request log says when secrets were in a URL.',
      },
      {
        value: true,
        label: 'Refuse them',
        meaning: 'Finds the calls that put secrets into URLs: they get a 400.',
      },
    ],
  },
  emailUsernames: {
    title: 'E-mail addresses as user names',
    summary:
      'read kim@example.com as a name in carbon.super, and not as kim in the tenant example.com; existing users keep their name and tenant',
    explanation:
      'How a user name with one @ is read: on the wire, and wherever you type one. Existing users keep their name and tenant.',
    choices: [
      {
        value: false,
        label: 'Tenant after the @',
        meaning: 'As WSO2 unless configured: kim@example.com is kim in the tenant example.com.',
      },
      {
        value: true,
        label: 'One @ belongs to the name',
        meaning:
          'As WSO2 with EnableEmailUserName: the tenant follows the last of two, as in kim@example.com@carbon.super.',
      },
    ],
  },
  renewRefreshTokenToo: {
    title: 'Refresh token of keys that renew',
    summary: 'keys that renew issue a new refresh token with each access token',
    explanation: 'What happens to the refresh token when keys with the issue behaviour "renew" issue a new user token.',
    choices: [
      {
        value: false,
        label: 'Keep it',
        meaning: 'As WSO2 does by default: it continues while it outlives the new access token.',
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
    summary: 'expires_in of a token that never expires, when a refresh issued it',
    explanation: 'The number that stands for "never" in the answer to a refresh.',
    choices: [
      {
        value: '9223372036854775',
        label: '9223372036854775',
        meaning: 'The same number as in all other answers.',
      },
      {
        value: '9223372036854775807',
        label: '9223372036854775807',
        meaning: 'As the code of all WSO2 versions does after a refresh.',
      },
    ],
  },
  revokeHeaders: {
    title: 'Headers that name dead tokens',
    summary: 'revocation and refresh name the tokens they killed in headers',
    explanation:
      'Whether replies carry RevokedAccessToken, RevokedRefreshToken, AuthorizedUser and DeactivatedAccessToken.',
    choices: [
      { value: true, label: 'Send them', meaning: 'As WSO2 does, so that its gateway could clear its cache.' },
      {
        value: false,
        label: 'Leave them out',
        meaning: 'Replies as RFC 7009 and RFC 6749 have them, and nothing more.',
      },
    ],
  },
  port: {
    title: 'HTTPS port',
    summary: 'of HTTPS, 0 for any free one',
    explanation: 'The port of the endpoint; 0 takes any free one. It counts from the next start of the endpoint.',
  },
  httpPort: {
    title: 'HTTP port',
    summary: 'of plain HTTP beside HTTPS',
    explanation:
      'A port for plain HTTP beside HTTPS, for clients that cannot be taught a certificate; none unless set. It counts from the next start of the endpoint.',
  },
  extraNames: {
    title: 'Further names and addresses',
    summary: 'further names and addresses of this machine: in the certificate, in the Host rule, and listened on',
    explanation:
      'Names and addresses under which phones, emulators and containers reach this machine. They go into the certificate and the Host rule at once, and addresses are listened on: other machines can then reach the endpoint.',
  },
  keepServingWhenLocked: {
    title: 'Serve while the vault is locked',
    summary: 'the endpoint goes on when the vault is locked',
    explanation: 'What the endpoint does when the vault is locked.',
    choices: [
      {
        value: false,
        label: 'Stop',
        meaning: 'The endpoint stops, the keys leave memory, and unlocking starts it again.',
      },
      {
        value: true,
        label: 'Go on',
        meaning: 'The endpoint goes on, so the keys stay in memory; window and command line are locked all the same.',
      },
    ],
  },
  lockAfterIdleMinutes: {
    title: 'Lock when idle',
    summary: 'lock the vault when no window was used, and no request came, for this many minutes',
    explanation:
      'Minutes without keyboard, mouse or endpoint activity after which the vault locks, counted over all windows; sleep counts too. None: never.',
  },
  lockWithScreen: {
    title: 'Lock with the screen',
    summary: 'lock the vault when the screen locks or the machine sleeps, once a window was used',
    explanation:
      'What happens when the screen locks or the machine sleeps. On Linux the desktop must tell: by logind or a screen saver.',
    choices: [
      { value: true, label: 'Lock the vault', meaning: 'It has to be opened again when you are back.' },
      { value: false, label: 'Leave it open', meaning: 'For tests that run while you are away.' },
    ],
  },
  runInTray: {
    title: 'When the window is closed',
    summary: 'the desktop window goes on in the tray when it is closed',
    explanation: 'What closing the window does.',
    choices: [
      { value: false, label: 'Quit', meaning: 'Keyfob ends, and the endpoint with it.' },
      {
        value: true,
        label: 'Go on in the tray',
        meaning: 'The endpoint goes on; the tray shows the window again, locks and quits.',
      },
    ],
  },
  protectContent: {
    title: 'Shared screens and recordings',
    summary: 'the desktop window is black in recordings and on shared screens, where the system can do that',
    explanation: 'Whether shared screens, recordings and screenshots show the window.',
    choices: [
      { value: false, label: 'Show it', meaning: 'As any other window.' },
      { value: true, label: 'Keep it out', meaning: 'Others see black, or nothing, in its place.' },
    ],
  },
} satisfies Readonly<Record<string, SettingText>>;

/** The texts of all settings, for the command line's help and the window's page alike. */
export const settingTexts: Readonly<Record<keyof typeof texts, SettingText>> = texts;
