import type { KeyType } from '../../../preload/contract/values.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { countOf } from '../../ui/facts/count.ts';
import { tokenWords } from './words.ts';

const named = 5;

/** The active tokens that an application or key set would take with it. A ConfirmDialog names them. */
export function useLosses(application: string, keyType?: KeyType) {
  const which = { application, ...(keyType !== undefined && { keyType }), validity: 'valid' as const };
  const { value: some } = useRead('tokens.list', { ...which, limit: named });
  const { value: count } = useRead('tokens.count', which);
  const lossCount = count?.total ?? some?.items.length ?? 0;
  return {
    losses: some?.items.map(tokenWords) ?? [],
    lossCount,
    lossesTitle: `${countOf(lossCount, 'token')} ${lossCount === 1 ? 'stops' : 'stop'} working immediately`,
  };
}
