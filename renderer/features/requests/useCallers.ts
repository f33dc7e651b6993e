import { createContext, useContext, useMemo } from 'react';
import type { KeySet } from '../../../preload/contract/keys.ts';
import { useRead } from '../../store/hooks/useRead.ts';

/** The application of a consumer key. */
export type Callers = ReadonlyMap<string, KeySet>;

/** Read by the table's cells through a context, so that its columns stay the same between renders. */
export const CallersContext = createContext<Callers>(new Map());

/** Gives the key set of a consumer key, or `undefined` for an unknown key. */
export const useCaller = (consumerKey: string | undefined): KeySet | undefined => {
  const callers = useContext(CallersContext);
  return consumerKey === undefined ? undefined : callers.get(consumerKey);
};

/** Gives all key sets by consumer key. */
export function useCallers(): Callers {
  const items = useRead('keys.list', {}).value?.items;
  return useMemo(() => new Map((items ?? []).map((keySet) => [keySet.consumerKey, keySet])), [items]);
}
