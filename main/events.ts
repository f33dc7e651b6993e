import type { EventName, Events } from '../preload/contract/events.ts';
import type { EventSink } from './engine/ports.ts';

export interface EventBus extends EventSink {
  /** Calls `listener` for each event from now on; returns how to stop. */
  onAny(listener: <N extends EventName>(name: N, data: Events[N]) => void): () => void;
}

/** What holds an event back until the change it tells of is on disk. */
export interface CommitWatch {
  readonly inTransaction: boolean;
  afterCommit(callback: () => void): void;
}

/** Events reach listeners after the commit of the transaction they came from, and never when it was rolled back. */
export const createEventBus = (commit: CommitWatch): EventBus => {
  const listeners = new Set<<N extends EventName>(name: N, data: Events[N]) => void>();
  const send = <N extends EventName>(name: N, data: Events[N]) => {
    for (const listener of listeners) listener(name, data);
  };
  return {
    emit(name, data) {
      if (listeners.size === 0) return;
      if (commit.inTransaction) commit.afterCommit(() => send(name, data));
      else send(name, data);
    },
    onAny(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
