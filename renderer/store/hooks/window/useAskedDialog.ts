import { useEffect } from 'react';
import { useKeyfobState } from '../../context.ts';
import type { DialogsOf } from '../../window/askedDialog.ts';

/** Opens a dialog that the palette asked for, once its thing is among `things`. `undefined`: still loading. */
export function useAskedDialog<Kind extends keyof DialogsOf, Thing extends { readonly id: number }>(
  kind: Kind,
  things: readonly Thing[] | undefined,
  open: (dialog: DialogsOf[Kind], thing: Thing) => void,
): void {
  const { asked, taken } = useKeyfobState((state) => state.askedDialog);
  useEffect(() => {
    if (asked?.kind !== kind || things === undefined) return;
    const thing = things.find(({ id }) => id === asked.id);
    taken();
    if (thing !== undefined) open(asked.dialog as DialogsOf[Kind], thing);
  });
}
