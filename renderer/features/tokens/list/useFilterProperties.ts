import { useRead } from '../../../store/hooks/calls/useRead.ts';
import type { FilterProperty } from '../../../ui/choices/FilterMenu.tsx';
import type { Option } from '../../../ui/choices/Select.tsx';
import { formatInstant } from '../../../ui/facts/instant.ts';
import { keyTypeNames } from '../../../ui/facts/keyTypeNames.ts';
import { tokenState } from '../../../ui/facts/tokenState.ts';
import type { FilterChange, FilterName, FilterQuery } from '../filter.ts';

const stateWord = (...of: Parameters<typeof tokenState>): string => tokenState(...of).word;

const states: readonly Option<string>[] = [
  {
    value: 'ACTIVE',
    label: stateWord('ACTIVE'),
    description: 'Row state ACTIVE. An expired token stays so until the next request for it.',
  },
  { value: 'INACTIVE', label: stateWord('INACTIVE'), description: 'Replaced by another token' },
  { value: 'EXPIRED', label: stateWord('EXPIRED'), description: 'Row state EXPIRED: requested after its expiry' },
  { value: 'REVOKED', label: stateWord('REVOKED') },
];

const validities: readonly Option<string>[] = [
  { value: 'valid', label: 'Valid now' },
  { value: 'expiring', label: 'Expiring soon', description: 'Within 10 minutes' },
  { value: 'never', label: 'Never expires' },
  {
    value: 'overdue',
    label: stateWord('ACTIVE', true),
    description: 'Row state still ACTIVE: not requested since its expiry',
  },
];

const keyTypes: readonly Option<string>[] = [
  { value: 'PRODUCTION', label: keyTypeNames.PRODUCTION },
  { value: 'SANDBOX', label: keyTypeNames.SANDBOX },
];

const forDevices = 'true';
const kinds: readonly Option<string>[] = [
  { value: 'APPLICATION', label: 'Application tokens' },
  { value: 'APPLICATION_USER', label: 'User tokens' },
  { value: forDevices, label: 'Device tokens', description: 'For exactly one device' },
];

const grants: readonly Option<string>[] = [
  { value: 'client_credentials', label: 'client_credentials' },
  { value: 'password', label: 'password' },
  { value: 'authorization_code', label: 'authorization_code' },
  { value: 'refresh_token', label: 'refresh_token' },
];

/** Scopes that Keyfob grants without a definition. */
const ownScopes = ['am_application_scope', 'default', 'openid'];

/** Gives the properties that tokens can be filtered by, with their values. */
export function useFilterProperties(query: FilterQuery): readonly FilterProperty[] {
  const optionsOf = (name: FilterName, values: readonly string[]): readonly Option<string>[] =>
    [...new Set([...(query[name] === undefined ? [] : [query[name]]), ...values])].map((value) => ({
      value,
      label: value,
    }));
  const { expiredSinceMs } = query;
  const since = expiredSinceMs && { value: expiredSinceMs, label: formatInstant(Number(expiredSinceMs)) };
  const applications = useRead('applications.list', {}).value?.items.map(({ name }) => name) ?? [];
  const users = useRead('users.list', {}).value?.items.map(({ username }) => username) ?? [];
  const scopes = useRead('scopes.list', {}).value?.items.map(({ name }) => name) ?? [];
  return [
    { name: 'state', label: 'State', options: states },
    { name: 'validity', label: 'Validity', options: validities },
    { name: 'kind', label: 'Kind', options: kinds },
    { name: 'keyType', label: 'Key type', options: keyTypes },
    { name: 'application', label: 'Application', options: optionsOf('application', applications) },
    { name: 'user', label: 'User', options: optionsOf('user', users) },
    { name: 'device', label: 'Device', options: optionsOf('device', []), typedLabel: (text) => `The device “${text}”` },
    {
      name: 'scope',
      label: 'Scope',
      options: optionsOf('scope', [...scopes, ...ownScopes]),
      typedLabel: (text) => `The scope “${text}”`,
    },
    { name: 'grantType', label: 'Grant', options: grants },
    ...(!since ? [] : [{ name: 'expiredSinceMs', label: 'Expired since', options: [since] }]),
  ];
}

/** Gives the current value of a property. User type and device tokens are two members of a filter, but one question. */
export const chosenValue = ({ name }: FilterProperty, query: FilterQuery): string | undefined =>
  name === 'kind' ? (query.deviceTokens === forDevices ? forDevices : query.userType) : query[name];

/** Gives the change that sets a property, or with `undefined` removes it. */
export const changeOf = (name: string, value: string | undefined): FilterChange =>
  name === 'kind'
    ? {
        userType: value === forDevices ? undefined : value,
        deviceTokens: value === forDevices ? forDevices : undefined,
      }
    : { [name]: value };
