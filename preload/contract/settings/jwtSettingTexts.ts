import type { SettingText } from './settingText.ts';

/** The texts of the settings of JWTs. */
export const jwtSettingTexts = {
  jwtAlgorithm: {
    title: "Signature of API Manager's JWTs",
    summary: 'algorithm that signs access tokens of the formats apim26, apim32 and apim42',
    explanation: "The algorithm of access tokens in API Manager's formats. Issued tokens don't change.",
    choices: [
      { value: 'RS256', label: 'RS256', meaning: 'RSA, as API Manager signs.' },
      { value: 'ES256', label: 'ES256', meaning: 'ECDSA on P-256: a shorter signature.' },
    ],
  },
  rfc9068Algorithm: {
    title: 'Signature of RFC 9068 tokens',
    summary: 'algorithm that signs access tokens of the format rfc9068',
    explanation: "The algorithm of access tokens in the format of RFC 9068. Issued tokens don't change.",
    choices: [
      { value: 'ES256', label: 'ES256', meaning: 'ECDSA on P-256.' },
      { value: 'RS256', label: 'RS256', meaning: 'RSA, which every verifier of RFC 9068 supports.' },
    ],
  },
  jwtHeader: {
    title: "Header of API Manager's JWTs",
    summary:
      'whether JWTs of the formats apim26, apim32 and apim42, and their ID tokens, have x5t as API Manager has it',
    explanation:
      "How JWTs of API Manager's formats name their key. Their kid has the form of the version: of 2.x or of 4.x.",
    choices: [
      { value: 'portable', label: 'Only kid', meaning: 'Every verifier finds the key by it.' },
      {
        value: 'exact',
        label: 'As API Manager',
        meaning: 'With its x5t, which strict verifiers refuse. Access tokens of the format apim26 have no kid.',
      },
    ],
  },
  reuseJwts: {
    title: "Repeated requests for API Manager's JWTs",
    summary: 'return an active JWT of the formats apim26, apim32 and apim42 again',
    explanation: 'What a repeated request gets from keys with the issue behaviour "reuse" and a JWT of API Manager.',
    choices: [
      {
        value: false,
        label: 'A new JWT',
        meaning: 'As API Manager does. The previous one becomes EXPIRED in 2.6, and REVOKED in 3.0 and later.',
      },
      { value: true, label: 'The active JWT', meaning: 'As with opaque tokens. API Manager never does so.' },
    ],
  },
} satisfies Readonly<Record<string, SettingText>>;
