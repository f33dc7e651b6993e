import { useMemo, useState } from 'react';
import type { LoggedRequest } from '../../../../preload/contract/requests.ts';

export interface HeldRows {
  readonly shown: readonly LoggedRequest[];
  /** How many newer rows wait. */
  readonly waiting: number;
  /** Adds the waiting rows. */
  release(): void;
}

/** Holds a list of requests still: while `held`, newer rows wait until they are released. */
export function useHeldRows(rows: readonly LoggedRequest[], held: boolean): HeldRows {
  const newest = rows[0]?.sequence ?? 0;
  /** The newest shown request. `undefined` while the list is not held. */
  const [heldAt, setHeldAt] = useState<number>();
  if (held && heldAt === undefined) setHeldAt(newest);
  if (!held && heldAt !== undefined) setHeldAt(undefined);
  const shown = useMemo(
    () => (!held || heldAt === undefined ? rows : rows.filter(({ sequence }) => sequence <= heldAt)),
    [rows, held, heldAt],
  );
  return { shown, waiting: rows.length - shown.length, release: () => setHeldAt(newest) };
}
