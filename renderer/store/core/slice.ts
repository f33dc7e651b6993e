import type { EventName, Events } from '../../../preload/contract/events.ts';
import type { Preferences } from '../../../preload/contract/preferences.ts';
import type { Host } from '../../host/host.ts';

/** An event of the engine, as `live` passes it on. */
export type EngineEvent = { readonly [N in EventName]: { readonly name: N; readonly data: Events[N] } }[EventName];

/** How a slice keeps up with the engine, the vault and the page. `live` calls these members on every slice. */
export interface Follower {
  /** Called once when the window starts: listens to the page. */
  start?(): void;
  /** The window can hear the engine, for the first time or again. Earlier events may have been missed. */
  connected?(): void;
  /** An event of the engine. */
  heard?(event: EngineEvent): void;
  /** The vault has another state than before. Values read in the old state are invalid. */
  vaultChanged?(): void;
  /** The vault was locked or removed. Comes right after `vaultChanged`. */
  vaultLocked?(): void;
}

/** What a slice is created with. `Uses` names the other slices that it uses. */
export interface SliceContext<S, Uses> {
  readonly host: Host;
  /** The slice's own state. */
  readonly get: () => S;
  readonly set: (patch: Partial<S>) => void;
  readonly uses: () => Uses;
  /** The preferences at the start of the window. */
  readonly preferences: Preferences;
}

/** Creates one slice of the store: its first values and its actions. */
export type MakeSlice<S, Uses = unknown> = (context: SliceContext<S, Uses>) => S & Follower;
