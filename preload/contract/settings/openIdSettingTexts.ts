import type { SettingText } from './settingText.ts';

/** The texts of the settings for OpenID Connect. */
export const openIdSettingTexts = {
  requestedClaims: {
    title: 'Claims in ID tokens and /userinfo',
    summary: 'claims of users that ID tokens and /userinfo tell',
    explanation: 'Whether apps get claims of the user in addition to sub.',
    choices: [
      {
        value: 'record',
        label: "The user's claims",
        meaning: "Those of the token's scopes, as OpenID Connect has it.",
      },
      { value: 'none', label: 'Only sub', meaning: 'As an application of API Manager that requests no claims.' },
    ],
  },
  openidScopeClaims: {
    title: 'Claims of the scope openid',
    summary: 'claims that the scope openid gives',
    explanation:
      'What the scope openid gives. In both cases, profile gives names, groups and other claims; email, phone and address give theirs.',
    choices: [
      { value: 'sub', label: 'Only sub', meaning: 'As OpenID Connect Core: each other claim needs its scope.' },
      { value: 'all', label: 'Every claim', meaning: 'As WSO2: openid alone is enough.' },
    ],
  },
  subForm: {
    title: 'Form of sub',
    summary: 'form of the user in sub',
    explanation:
      'How sub names the user, in ID tokens and at /userinfo alike. A user keeps the UUID for good, and backups keep it too.',
    choices: [
      { value: 'user@tenant', label: 'User and tenant', meaning: 'Like ann@carbon.super.' },
      { value: 'bare', label: 'User only', meaning: 'Like ann, as API Manager 2.6 in ID tokens.' },
      {
        value: 'userId',
        label: 'UUID',
        meaning: 'As 4.2 and later: a UUID of the user, also in JWTs of the formats apim42 and rfc9068.',
      },
    ],
  },
  idTokenValiditySeconds: {
    title: 'Lifetime of ID tokens',
    summary: 'lifetime of ID tokens in seconds',
    explanation: "Seconds until an ID token expires. WSO2's default is 3600. Issued ID tokens don't change.",
  },
  idTokenForClientCredentials: {
    title: 'ID tokens of applications',
    summary: 'issue ID tokens with application tokens, about the owner of the application',
    explanation: 'What an application token does with the scope openid.',
    choices: [
      { value: false, label: 'No ID token', meaning: 'As 3.2 and later: the token does not get openid.' },
      { value: true, label: "The owner's ID token", meaning: 'As API Manager 2.x.' },
    ],
  },
} satisfies Readonly<Record<string, SettingText>>;
