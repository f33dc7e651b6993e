import { useEffect } from 'react';
import { useKeyfobState } from '../../context.ts';
import { staleAfter } from '../../core/staleAfter.ts';
import type { TokensSlice } from '../../topics/tokens/tokens.ts';
import { useFreshRead } from '../calls/useFreshRead.ts';

/** Tokens expire without an event, so they are counted this often. */
const againMs = 60_000;

/**
 * The number of valid tokens of an application; `undefined` until counted. `active` is its number of ACTIVE rows, including
 * expired ones. When it is 0, nothing is counted.
 */
export function useLiveTokensOf(application: string, active: number): number | undefined {
  const round = useKeyfobState(({ clock }) => Math.floor(clock.realMs / againMs));
  const input = active === 0 ? undefined : ({ application, validity: 'valid' } as const);
  const { value } = useFreshRead('tokens.count', input, {
    round,
    staleAfter: staleAfter['tokens.count'],
  });
  return active === 0 ? 0 : value?.total;
}

/** The table of tokens. It stays fresh while the component is shown. */
export function useTokenTable(): TokensSlice {
  const table = useKeyfobState((state) => state.tokens);
  const { watch } = table;
  useEffect(() => watch(), [watch]);
  return table;
}
