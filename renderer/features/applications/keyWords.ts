import type { IssueBehaviour } from '../../../preload/contract/keys.ts';
import type { GrantType } from '../../../preload/contract/values.ts';

interface Words {
  readonly label: string;
  readonly meaning: string;
}

/** The grant types in display order, each with its purpose. */
export const grantWords: Readonly<Record<GrantType, Words>> = {
  password: { label: 'Password', meaning: "A user's name and password get a user token. Device tokens need it." },
  client_credentials: { label: 'Client credentials', meaning: 'Key and secret alone get an application token.' },
  refresh_token: { label: 'Refresh token', meaning: 'A refresh token gets the next user token, without the password.' },
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
