import { FlaskConical, type LucideIcon, Rocket } from 'lucide-react';
import type { IssueBehaviour } from '../../../preload/contract/keys.ts';
import type { TokenFormat } from '../../../preload/contract/tokenFormat.ts';
import type { Token } from '../../../preload/contract/tokens.ts';
import type { GrantType, KeyType } from '../../../preload/contract/values.ts';
import { keyTypeNames } from '../../ui/facts/keyTypeNames.ts';
import type { Tone } from '../../ui/facts/tone.ts';

/** Label and colour of each key type. */
export const keyTypeLooks: Readonly<
  Record<KeyType, { readonly label: string; readonly tone: Tone; readonly icon: LucideIcon }>
> = {
  PRODUCTION: { label: keyTypeNames.PRODUCTION, tone: 'danger', icon: Rocket },
  SANDBOX: { label: keyTypeNames.SANDBOX, tone: 'warn', icon: FlaskConical },
};

interface Words {
  readonly label: string;
  readonly meaning: string;
}

/** The grant types in display order, each with its purpose. */
export const grantWords: Readonly<Record<GrantType, Words>> = {
  password: { label: 'Password', meaning: "A user's name and password get a user token. Device tokens need it." },
  client_credentials: { label: 'Client credentials', meaning: 'Key and secret alone get an application token.' },
  refresh_token: { label: 'Refresh token', meaning: 'A refresh token gets the next user token, without the password.' },
  authorization_code: {
    label: 'Authorization code',
    meaning: 'A user signs in in the browser, and the app gets a user token.',
  },
};

/** The issue behaviours. */
export const behaviourWords: Readonly<Record<IssueBehaviour, Words>> = {
  reuse: { label: 'Reuse', meaning: 'Returns the active token until it expires. As WSO2 documents it.' },
  renew: {
    label: 'Renew',
    meaning: 'Issues a new token and revokes the previous one; the refresh token stays. As in 4.1 and later.',
  },
  multiple: { label: 'Multiple', meaning: 'Issues an additional token; earlier ones stay valid.' },
};

/** The token formats. */
export const formatWords: Readonly<Record<TokenFormat, Words>> = {
  opaque: { label: 'Opaque', meaning: 'A random text, which only the endpoint can check.' },
  apim26: {
    label: 'JWT of API Manager 2.6',
    meaning: 'Holds application, subscriptions and tiers. A repeated request gets a new one; the old one expires.',
  },
  apim32: {
    label: 'JWT of API Manager 3.2',
    meaning: 'Holds user, client and scopes. A repeated request gets a new one; the old one is revoked.',
  },
  apim42: {
    label: 'JWT of API Manager 4.2',
    meaning: 'As in 3.2, with the type at+jwt and client_id. A repeated request revokes the old one.',
  },
  rfc9068: { label: 'JWT of RFC 9068', meaning: 'The standard for JWT access tokens. Obeys the issue behaviour.' },
};

/** The switch of provided keys. */
export const servedHereWords = {
  label: 'Also serve here',
  description: 'The endpoint of this machine accepts the keys too, so programs with these credentials work offline.',
};

/** The scopes that the engine adds to every application token. */
const implied = ['am_application_scope', 'default'];

/** The requested scopes of a token, sorted. */
export const askedScopes = (scope: string): readonly string[] =>
  scope.split(' ').filter((name) => name !== '' && !implied.includes(name));

/** Describes a token that will be revoked: "Token 12 · Sandbox · user ann · ipad". */
export function tokenWords({ id, keyType, userType, user, device, scope }: Token): string {
  const bearer = userType === 'APPLICATION' ? 'application token' : `user ${user}`;
  const what = device ?? askedScopes(scope).join(' ');
  return [`Token ${id}`, keyTypeLooks[keyType].label, bearer, what].filter((part) => part !== '').join(' · ');
}
