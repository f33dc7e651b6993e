import type { KeyType } from '../../../preload/contract/values.ts';
import { useRead } from '../../store/hooks/useRead.ts';
import { countOf } from '../../ui/count.ts';
import { tokenWords } from './tokenWords.ts';

const named = 5;

/** The live tokens that die with an application, or with one of its key sets: what a ConfirmDialog names. */
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
