import type { Token } from '../../../preload/contract/tokens.ts';
import { useRead } from '../../store/reads.ts';

/** So many are named; the rest is counted. */
const named = 20;

const words = ({ id, application, keyType, userType, device, scope }: Token): string => {
  const what = userType === 'APPLICATION' ? 'application token' : device === undefined ? scope : `device ${device}`;
  return `Token ${id}: ${application} ${keyType === 'PRODUCTION' ? 'Production' : 'Sandbox'}, ${what}`;
};

/** The tokens that stop working when a user is disabled or deleted, or gets another password. */
export function useLiveTokens(username: string): { readonly count: number; readonly names: readonly string[] } {
  const filter = { user: username, validity: 'valid' } as const;
  const count = useRead('tokens.count', filter).value?.total ?? 0;
  const { value } = useRead('tokens.list', { ...filter, limit: named });
  return { count, names: (value?.items ?? []).map(words) };
}
