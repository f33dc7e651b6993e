import { createContext, useContext, useMemo } from 'react';
import type { KeySet } from '../../../preload/contract/keys.ts';
import { useRead } from '../../store/hooks/useRead.ts';

/** Whose consumer key it is. */
export type Callers = ReadonlyMap<string, KeySet>;

/** For the table's cells, so that its columns stay the same between renders. */
export const CallersContext = createContext<Callers>(new Map());

/** The key set of a consumer key; `undefined` for one that nobody has. */
export const useCaller = (consumerKey: string | undefined): KeySet | undefined => {
  const callers = useContext(CallersContext);
  return consumerKey === undefined ? undefined : callers.get(consumerKey);
};

/** All key sets by consumer key. */
export function useCallers(): Callers {
  const items = useRead('keys.list', {}).value?.items;
  return useMemo(() => new Map((items ?? []).map((keySet) => [keySet.consumerKey, keySet])), [items]);
}
