import type { InputOf, OutputOf, Progress } from '../../preload/contract/define.ts';
import type { EventName, Events } from '../../preload/contract/events.ts';
import type { MethodName, MethodOf } from '../../preload/contract/index.ts';
import type { Abilities, MenuGroup } from '../../preload/contract/window.ts';
import type { HostClipboard } from './clipboard.ts';

/** Options of a call, in addition to its input. */
export interface CallOptions {
  /** Cancels the call. A bulk method stops between two steps, and its completed steps stay. */
  readonly signal?: AbortSignal | undefined;
  /** The call reaches Keyfob even when the page closes or reloads. For small inputs. */
  readonly outlivesPage?: boolean | undefined;
  /** Called after the steps of a bulk method. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Calls a contract method by its name. Rejects with `KeyfobError` only. */
export type Call = <N extends MethodName>(
  name: N,
  input: InputOf<MethodOf<N>>,
  options?: CallOptions,
) => Promise<OutputOf<MethodOf<N>>>;

/** An event, or a change of the connection. */
export type HostNews =
  | { readonly [N in EventName]: { readonly kind: 'event'; readonly name: N; readonly data: Events[N] } }[EventName]
  /** The host receives events, for the first time or again. Earlier ones were missed, so anything may have changed. */
  | { readonly kind: 'connected' }
  /** Keyfob does not answer. The host keeps trying. */
  | { readonly kind: 'lost' }
  /** The session is no longer accepted, and this page can't open another one. */
  | { readonly kind: 'ended' };

/** The program that shows the window, as the window sees it. All access to the engine goes through it. */
export interface Host {
  readonly call: Call;
  /** Calls `listener` with all news from now on, `connected` first. Gives the function that stops this. */
  on(listener: (news: HostNews) => void): () => void;
  /** Its abilities beyond the contract. Check the ability, never the kind of host. */
  readonly can: Abilities;
  readonly clipboard: HostClipboard;
  /** Replaces the actions of the native menu, if there is one. Calls `run` with the chosen id. */
  showMenu(groups: readonly MenuGroup[], run: (id: string) => void): Promise<void>;
}
