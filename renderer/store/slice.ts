import type { Preferences } from '../../preload/contract/preferences.ts';
import type { Host } from '../host/host.ts';
import type { State } from './state.ts';

/** What a slice is created with: the host, the whole state to look at, its own part of it to change, and the preferences as they were at the start. */
export interface SliceContext<S> {
  readonly host: Host;
  readonly get: () => State;
  readonly set: (patch: Partial<S>) => void;
  readonly preferences: Preferences;
}

/** Makes one slice of the store: its first values and its actions. */
export type MakeSlice<S> = (context: SliceContext<S>) => S;
