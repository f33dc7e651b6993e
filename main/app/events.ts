import type { EventName, Events } from '../../preload/contract/events.ts';
import type { EventSink } from '../engine/ports/ports.ts';

type Listener = <N extends EventName>(name: N, data: Events[N]) => void;

export interface EventBus extends EventSink {
  /** Calls `listener` for each later event. The returned function unsubscribes it. */
  onAny(listener: Listener): () => void;
  /** Sets the only `listener` for events of this name. It cannot be removed. */
  on(name: EventName, listener: () => void): void;
}

/** Delays an event until the change it reports is on disk. */
export interface CommitWatch {
  readonly running: boolean;
  afterSync(callback: () => void): void;
}

/** Creates an event bus. An event from a transaction is sent when that is on disk, and never after a rollback. */
export const createEventBus = (commit: CommitWatch): EventBus => {
  const own = new Map<EventName, () => void>();
  const listeners = new Set<Listener>();
  const send = <N extends EventName>(name: N, data: Events[N] | (() => Events[N])) => {
    own.get(name)?.();
    if (listeners.size === 0) return;
    const value = typeof data === 'function' ? data() : data;
    for (const listener of listeners) listener(name, value);
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
