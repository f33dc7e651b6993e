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
    // The page of another thing leaves the dialog to the page that is about to open.
    const thing = asked?.kind === kind ? things?.find(({ id }) => id === asked.id) : undefined;
    if (asked === undefined || thing === undefined) return;
    taken();
    open(asked.dialog as DialogsOf[Kind], thing);
  });
}
