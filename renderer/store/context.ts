import { createContext, useContext } from 'react';
import { type StoreApi, useStore } from 'zustand';
import type { Host } from '../host/host.ts';
import type { State } from './state.ts';

/** The store, and the host it asks. */
export interface Keyfob {
  readonly host: Host;
  readonly store: StoreApi<State>;
}

/** What the components below it share. */
export const KeyfobContext = createContext<Keyfob | undefined>(undefined);

/** The store itself and its host, for handlers that look at the state once. Throws outside of a `KeyfobContext`. */
export function useKeyfob(): Keyfob {
  const keyfob = useContext(KeyfobContext);
  if (keyfob === undefined) throw new Error('this component is outside of KeyfobContext');
  return keyfob;
}

/** A part of the state; the component renders again when that part becomes another value. */
export function useKeyfobState<T>(select: (state: State) => T): T {
  return useStore(useKeyfob().store, select);
}
