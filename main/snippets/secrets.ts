import type { SnippetSecret } from '../../preload/contract/snippets.ts';

interface Name {
  readonly words: string;
  /** Letters and underscores only: brackets are special in every shell. */
  readonly placeholder: string;
  readonly variable: string;
  /** Why its value may be unknown. */
  readonly unknown: string;
}

const hashOnly = 'Only its hash is stored, so it was shown once.';

/** The name of each secret in notes, its placeholder and its environment variable. */
export const secretNames: Readonly<Record<SnippetSecret, Name>> = {
  consumerSecret: {
    words: 'consumer secret',
    placeholder: 'YOUR_CONSUMER_SECRET',
    variable: 'KEYFOB_CONSUMER_SECRET',
    unknown: hashOnly,
  },
  password: { words: 'password', placeholder: 'YOUR_PASSWORD', variable: 'KEYFOB_PASSWORD', unknown: hashOnly },
  accessToken: {
    words: 'access token',
    placeholder: 'YOUR_ACCESS_TOKEN',
    variable: 'KEYFOB_ACCESS_TOKEN',
    unknown: hashOnly,
  },
  refreshToken: {
    words: 'refresh token',
    placeholder: 'YOUR_REFRESH_TOKEN',
    variable: 'KEYFOB_REFRESH_TOKEN',
    unknown: hashOnly,
  },
  code: {
    words: 'code',
    placeholder: 'YOUR_CODE',
    variable: 'KEYFOB_CODE',
    unknown: 'The browser gets it after the sign-in.',
  },
};
