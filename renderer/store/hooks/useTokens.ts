import { useEffect } from 'react';
import { useKeyfobState } from '../context.ts';
import { staleAfter } from '../core/staleAfter.ts';
import type { TokensSlice } from '../topics/tokens.ts';
import { useFreshRead } from './useFreshRead.ts';

/** Tokens expire without an event: counted again this often. */
const againMs = 60_000;

/**
 * How many tokens of an application would pass now. `undefined` until it is counted. `active` is the number of its ACTIVE rows,
 * expired ones included: without any, nothing is counted.
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

/** The table of tokens, kept fresh while the component is shown; see {@link TokensSlice} for what to do with it. */
export function useTokenTable(): TokensSlice {
  const table = useKeyfobState((state) => state.tokens);
  const { watch } = table;
  useEffect(() => watch(), [watch]);
  return table;
}
