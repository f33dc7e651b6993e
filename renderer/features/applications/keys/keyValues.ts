import { type KeySet, keys } from '../../../../preload/contract/keys.ts';
import { type GrantType, grantType } from '../../../../preload/contract/values.ts';

/** The editable values of a key set. A lifetime is `undefined` while its text is invalid. */
export interface KeyValues
  extends Pick<
      KeySet,
      | 'grantTypes'
      | 'callbackUrl'
      | 'publicClient'
      | 'pkce'
      | 'pkcePlain'
      | 'issueBehaviour'
      | 'tokenFormat'
      | 'allowedOrigins'
    >,
    Record<LifetimeName, number | undefined> {}

export const lifetimeNames = [
  'applicationTokenValiditySeconds',
  'userTokenValiditySeconds',
  'refreshTokenValiditySeconds',
] as const;
type LifetimeName = (typeof lifetimeNames)[number];

/** The label of each field. */
export const keyLabels: Readonly<Record<keyof KeyValues, string>> = {
  grantTypes: 'Grant types',
  callbackUrl: 'Callback URL',
  publicClient: 'Public client',
  pkce: 'PKCE',
  pkcePlain: 'Plain PKCE',
  issueBehaviour: 'Issue behaviour',
  tokenFormat: 'Token format',
  applicationTokenValiditySeconds: 'Application token lifetime',
  userTokenValiditySeconds: 'User token lifetime',
  refreshTokenValiditySeconds: 'Refresh token lifetime',
  allowedOrigins: 'Allowed origins',
};

/** Grant types in display order, so that equal sets are equal lists. */
export const orderedGrants = (grantTypes: readonly GrantType[]): GrantType[] =>
  grantType.options.filter((option) => grantTypes.includes(option));

/** Takes a key set; gives its editable values. */
export const valuesOf = (keySet: KeySet): KeyValues => ({
  grantTypes: orderedGrants(keySet.grantTypes),
  callbackUrl: keySet.callbackUrl,
  publicClient: keySet.publicClient,
  pkce: keySet.pkce,
  pkcePlain: keySet.pkcePlain,
  issueBehaviour: keySet.issueBehaviour,
  tokenFormat: keySet.tokenFormat,
  applicationTokenValiditySeconds: keySet.applicationTokenValiditySeconds,
  userTokenValiditySeconds: keySet.userTokenValiditySeconds,
  refreshTokenValiditySeconds: keySet.refreshTokenValiditySeconds,
  allowedOrigins: keySet.allowedOrigins,
});

export type KeyFaults = Partial<Record<keyof KeyValues, string | undefined>>;

/** Takes edited values; gives what prevents saving them, by field. */
export function faultsOf(values: Partial<KeyValues>): KeyFaults {
  const { shape } = keys.update.input;
  const faults: KeyFaults = {};
  for (const name of Object.keys(values) as (keyof KeyValues)[]) {
    const value = values[name];
    const read = shape[name].safeParse(value);
    if (value === undefined) faults[name] = 'Enter a time like 15m, 1 h or never.';
    else if (!read.success) faults[name] = read.error.issues[0]?.message ?? 'Not valid.';
  }
  return faults;
}
