import { createContext, useContext } from 'react';
import { type StoreApi, useStore } from 'zustand';
import type { Host } from '../host/host.ts';
import type { State } from './state.ts';

/** The store and its host. */
export interface Keyfob {
  readonly host: Host;
  readonly store: StoreApi<State>;
}

export const KeyfobContext = createContext<Keyfob | undefined>(undefined);

/** The store and its host, for handlers that read the state once. Throws outside of a `KeyfobContext`. */
export function useKeyfob(): Keyfob {
  const keyfob = useContext(KeyfobContext);
  if (keyfob === undefined) throw new Error('this component is outside of KeyfobContext');
  return keyfob;
}

/** A part of the state. The component renders again when that part changes. */
export function useKeyfobState<T>(select: (state: State) => T): T {
  return useStore(useKeyfob().store, select);
}
