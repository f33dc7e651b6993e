import { useState } from 'react';
import { useKeyfob, useKeyfobState } from '../context.ts';

export interface Draft<T extends object> {
  /** What is saved, with the changes over it. */
  readonly values: T;
  /** The changes alone; what was saved elsewhere meanwhile, with the same value, is none. */
  readonly changes: Partial<T>;
  readonly changed: boolean;
  change(patch: Partial<T>): void;
  /**
   * Forgets the changes: all, or those that are as they were `sent`, since they are saved now. Those stay in the values until what
   * is saved is read again, so that who goes on at once goes on from there.
   */
  drop(sent?: Partial<T>): void;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The entries of `changes` that are unlike those of `other`. */
function unlike<T extends object>(changes: Partial<T>, other: Partial<T>): Partial<T> {
  const entries = Object.entries(changes).filter(([name, value]) => !same(value, Reflect.get(other, name)));
  return Object.fromEntries(entries) as Partial<T>;
}

/**
 * Changes over values that are saved, as they were `read` last (JSON values). Only what was changed is kept, so that the rest
 * follows what others save. `key` says what the changes belong to.
 */
export function useDraft<T extends object>(key: string, read: T): Draft<T> {
  const { store } = useKeyfob();
  const [sentOver, setSentOver] = useState<{ readonly read: T; readonly sent: Partial<T> }>();
  const isReadAgain = sentOver !== undefined && !same(sentOver.read, read);
  if (isReadAgain) setSentOver(undefined);
  const saved = sentOver === undefined || isReadAgain ? read : { ...read, ...sentOver.sent };
  // Under this key there are only changes that `change` put there.
  const kept = useKeyfobState((state) => state.drafts.byKey[key]) as Partial<T> | undefined;
  const changes = unlike<T>(kept ?? {}, saved);
  const current = () => (store.getState().drafts.byKey[key] ?? {}) as Partial<T>;
  const keep = (next: Partial<T>) => store.getState().drafts.keep(key, { ...next });
  return {
    values: { ...saved, ...changes },
    changes,
    changed: Object.keys(changes).length > 0,
    change: (patch) => keep(unlike<T>({ ...current(), ...patch }, saved)),
    drop(sent) {
      if (sent !== undefined) setSentOver({ read, sent });
      keep(sent === undefined ? {} : unlike<T>(current(), sent));
    },
  };
}
