import type { EventName, Events } from '../../preload/contract/events.ts';
import type { EventSink } from '../engine/ports/ports.ts';

type Listener = <N extends EventName>(name: N, data: Events[N]) => void;

export interface EventBus extends EventSink {
  /** Calls `listener` for each event from now on; returns how to stop. */
  onAny(listener: Listener): () => void;
  /** Calls the one `listener` of this name for each such event, for as long as the program runs. */
  on(name: EventName, listener: () => void): void;
}

/** What holds an event back until the change it tells of is on disk. */
export interface CommitWatch {
  readonly running: boolean;
  afterSync(callback: () => void): void;
}

/** Events reach listeners when the transaction they came from is on disk, and never when it was rolled back. */
export const createEventBus = (commit: CommitWatch): EventBus => {
  const own = new Map<EventName, () => void>();
  const listeners = new Set<Listener>();
  const send = <N extends EventName>(name: N, data: Events[N] | (() => Events[N])) => {
    own.get(name)?.();
    if (listeners.size === 0) return;
    const said = typeof data === 'function' ? data() : data;
    for (const listener of listeners) listener(name, said);
  };
  return {
    emit(name, data) {
      if (listeners.size === 0 && !own.has(name)) return;
      if (commit.running) commit.afterSync(() => send(name, data));
      else send(name, data);
    },
    onAny(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    on(name, listener) {
      own.set(name, listener);
    },
  };
};
