import type { Host } from '../host/host.ts';
import type { State } from './state.ts';

/** What a slice is made with: the host, the whole state to look at, and its own part of it to change. */
export interface SliceContext<S> {
  readonly host: Host;
  readonly get: () => State;
  readonly set: (patch: Partial<S>) => void;
}

/** Makes one slice of the store: its first values and its actions. */
export type MakeSlice<S> = (context: SliceContext<S>) => S;
