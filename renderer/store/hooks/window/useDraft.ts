import { useState } from 'react';
import { useKeyfob, useKeyfobState } from '../../context.ts';

export interface Draft<T extends object> {
  /** The saved values with the changes applied. */
  readonly values: T;
  /** The changes alone. A change is gone when the same value was saved elsewhere. */
  readonly changes: Partial<T>;
  readonly changed: boolean;
  change(patch: Partial<T>): void;
  /**
   * Forgets all changes, or those that equal the `sent` ones, which are saved now. `values` keeps the sent ones until the saved
   * values are read again, so that editing can continue immediately.
   */
  drop(sent?: Partial<T>): void;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The entries of `changes` that differ from `other`. */
function unlike<T extends object>(changes: Partial<T>, other: Partial<T>): Partial<T> {
  const entries = Object.entries(changes).filter(([name, value]) => !same(value, Reflect.get(other, name)));
  return Object.fromEntries(entries) as Partial<T>;
}

/**
 * Unsaved changes to saved JSON values, as they were last `read`. Only the changes are kept, so that the other values follow
 * what other windows save. `key` identifies the edited thing.
 */
export function useDraft<T extends object>(key: string, read: T): Draft<T> {
  const { store } = useKeyfob();
  const [sentOver, setSentOver] = useState<{ readonly read: T; readonly sent: Partial<T> }>();
  const isReadAgain = sentOver !== undefined && !same(sentOver.read, read);
  if (isReadAgain) setSentOver(undefined);
  const saved = sentOver === undefined || isReadAgain ? read : { ...read, ...sentOver.sent };
  // Only `change` writes under this key.
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
