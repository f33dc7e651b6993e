import type { InputOf, OutputOf, Progress } from '../../preload/contract/define.ts';
import type { EventName, Events } from '../../preload/contract/events.ts';
import type { MethodName, MethodOf } from '../../preload/contract/index.ts';
import type { Abilities, MenuGroup } from '../../preload/contract/window.ts';
import type { HostClipboard } from './clipboard.ts';

/** What a caller may pass beside the input. */
export interface CallOptions {
  /** Breaks the call off; a bulk method stops between two steps, and what it did so far stays. */
  readonly signal?: AbortSignal | undefined;
  /** Reaches Keyfob even when the page is closed or loaded again right after. For small inputs. */
  readonly outlivesPage?: boolean | undefined;
  /** Called between the steps of a bulk method. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** One contract method by its name. Rejects with `KeyfobError`, and with nothing else. */
export type Call = <N extends MethodName>(
  name: N,
  input: InputOf<MethodOf<N>>,
  options?: CallOptions,
) => Promise<OutputOf<MethodOf<N>>>;

/** What the host tells by itself. */
export type HostNews =
  | { readonly [N in EventName]: { readonly kind: 'event'; readonly name: N; readonly data: Events[N] } }[EventName]
  /** Listening (again): whatever changed before was not heard of, so everything may have changed. */
  | { readonly kind: 'connected' }
  /** Keyfob does not answer; the host keeps trying. */
  | { readonly kind: 'lost' }
  /** This session is no longer accepted, and none can be had from here. */
  | { readonly kind: 'ended' };

/** What shows the window, seen from inside it: the one way to Keyfob's engine. */
export interface Host {
  readonly call: Call;
  /** Hears news from now on, `connected` first; returns how to stop. */
  on(listener: (news: HostNews) => void): () => void;
  /** What it can do beside the contract. Ask for the ability, never which host it is. */
  readonly can: Abilities;
  readonly clipboard: HostClipboard;
  /** Shows these actions in the native menu, where there is one, in place of those before; `run` hears what is chosen. */
  showMenu(groups: readonly MenuGroup[], run: (id: string) => void): Promise<void>;
}
