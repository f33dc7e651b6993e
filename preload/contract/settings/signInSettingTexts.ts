import type { SettingText } from './settingText.ts';

/** The texts of the settings of `/authorize` and its pages. */
export const signInSettingTexts = {
  authorizeErrors: {
    title: 'Errors of /authorize',
    summary: 'where a wrong authorization request of a known client is reported',
    explanation:
      'Where a wrong authorization request ends, once the client and its redirect URI are known to be good. Other errors are always on a page.',
    choices: [
      { value: 'redirect', label: 'At the app', meaning: 'As 4.x does: the app gets error and error_description.' },
      {
        value: 'page',
        label: 'On a page',
        meaning: 'As 2.6 does: the browser shows the error, and the app gets none.',
      },
    ],
  },
  loopbackPorts: {
    title: 'Ports of loopback callbacks',
    summary: 'accept any port in callbacks on 127.0.0.1, [::1] and localhost',
    explanation: 'Whether a callback on 127.0.0.1, [::1] or localhost matches with any port, as native apps need it.',
    choices: [
      { value: true, label: 'Any port', meaning: 'As 4.2 and later and RFC 8252.' },
      { value: false, label: 'The registered port', meaning: 'As 2.6 to 4.0: the URL must be exactly the same.' },
    ],
  },
  issParameter: {
    title: 'Issuer in the redirect',
    summary: 'add iss to the parameters of the redirect',
    explanation: 'Whether the redirect to the app names the issuer, so that the app can tell servers apart.',
    choices: [
      { value: true, label: 'Add iss', meaning: 'As RFC 9207.' },
      { value: false, label: 'Leave it out', meaning: 'As WSO2 does.' },
    ],
  },
  maxAge: {
    title: 'max_age',
    summary: 'effect of max_age in an authorization request',
    explanation: 'What happens if a sign-in is older than the max_age of an authorization request.',
    choices: [
      { value: 'honour', label: 'Sign in again', meaning: 'As OpenID Connect demands.' },
      { value: 'auth_time', label: 'Only auth_time', meaning: 'As WSO2: the time of the sign-in is in the ID token.' },
    ],
  },
  consentKey: {
    title: 'Remembered consent',
    summary: 'what a remembered consent covers',
    explanation: 'What "always approve" covers for a user and an application.',
    choices: [
      { value: 'scopes', label: 'The approved scopes', meaning: 'A new scope shows the consent page again.' },
      { value: 'client', label: 'Every scope', meaning: 'As WSO2 before 4.2: any scope passes after one approval.' },
    ],
  },
  replayRevokes: {
    title: 'A code that is used twice',
    summary: 'revoke the token of an authorization code that is used again',
    explanation: 'What happens to the token of an authorization code when the code is sent again.',
    choices: [
      { value: true, label: 'Revoke the token', meaning: 'As WSO2 and RFC 6749: the code may have been stolen.' },
      { value: false, label: 'Keep the token', meaning: 'The second request is refused, and nothing else happens.' },
    ],
  },
  verifierWithoutChallenge: {
    title: 'code_verifier without a challenge',
    summary: 'treatment of a code_verifier whose code has no code_challenge',
    explanation: 'What happens to a code_verifier if the authorization request had no code_challenge.',
    choices: [
      { value: 'refuse', label: 'Refuse', meaning: 'As RFC 9700: it may be a downgrade attack.' },
      { value: 'ignore', label: 'Ignore', meaning: 'As WSO2: the code is exchanged.' },
    ],
  },
  repeatedLogout: {
    title: 'Logout without a session',
    summary: 'treatment of a logout by a browser that is not signed in',
    explanation: 'What happens at /oidc/logout if the browser is not signed in, as after a second logout.',
    choices: [
      { value: 'finish', label: 'Finish it', meaning: 'As 4.x does: the browser goes to the app, or to a last page.' },
      { value: 'refuse', label: 'Refuse it', meaning: 'As 2.6 does: a page says that the session is missing.' },
    ],
  },
  pickUserAtLogin: {
    title: 'Sign in with one click',
    summary: 'offer the users on the sign-in page, without a password',
    explanation:
      'Whether the sign-in page lists the users, so that a click replaces the password. Never while the endpoint has extra names, because other machines may reach it then.',
    choices: [
      { value: true, label: 'List the users', meaning: 'A tester picks a user.' },
      { value: false, label: 'Demand the password', meaning: 'As WSO2: a user types name and password.' },
    ],
  },
} satisfies Readonly<Record<string, SettingText>>;
