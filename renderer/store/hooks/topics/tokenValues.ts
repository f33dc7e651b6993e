import type { Token } from '../../../../preload/contract/tokens.ts';
import { type Keyfob, useKeyfobState } from '../../context.ts';
import type { State } from '../../state.ts';
import type { TokenValues } from '../../topics/tokens/shownOnce.ts';

type Kept = Pick<Token, 'id' | 'persistence'>;

/** Whether the value of a token can be shown: it is stored, or this window still has it. */
export const hasValue = ({ shownOnce }: State, { id, persistence }: Kept): boolean =>
  persistence === 'encrypted' || shownOnce.valuesOf(id) !== undefined;

export const useHasValue = (token: Kept): boolean => useKeyfobState((state) => hasValue(state, token));

/** Whether this window has a token value that Keyfob doesn't store. */
export const useShownOnce = ({ id }: Pick<Token, 'id'>): boolean =>
  useKeyfobState(({ shownOnce }) => shownOnce.valuesOf(id) !== undefined);

/** Gives the values of a token, from this window or the engine. Rejects with `KeyfobError`. */
export const tokenValues = async ({ host, store }: Keyfob, id: number): Promise<TokenValues> =>
  store.getState().shownOnce.valuesOf(id) ?? (await host.call('tokens.reveal', { token: String(id) }));
