import { useKeyfobState } from '../context.ts';
import { useFreshRead } from '../useCall.ts';

/** After these, another number of tokens may be live. */
const staleAfter = ['tokens.changed', 'keys.changed', 'applications.changed', 'settings.changed'] as const;
/** Tokens expire without an event: counted again this often. */
const againMs = 60_000;

/**
 * How many tokens of an application would pass now. `undefined` until it is counted. `active` is the number of its ACTIVE rows,
 * expired ones included: without any, nothing is counted.
 */
export function useLiveTokensOf(application: string, active: number): number | undefined {
  const round = useKeyfobState(({ clock }) => Math.floor(clock.realMs / againMs));
  const input = active === 0 ? undefined : ({ application, validity: 'valid' } as const);
  const { value } = useFreshRead('tokens.count', input, { round, staleAfter });
  return active === 0 ? 0 : value?.total;
}
