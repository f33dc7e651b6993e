import type { MakeSlice } from '../core/slice.ts';

export type ApplicationDialog = 'edit' | 'delete';
export type UserDialog = 'show' | 'roles' | 'claims' | 'password' | 'disable' | 'delete';
export type ApiDialog = 'delete';

/** The dialogs of each kind of thing. */
export interface DialogsOf {
  readonly application: ApplicationDialog;
  readonly user: UserDialog;
  readonly api: ApiDialog;
}

/** A dialog about one thing, by its id. */
export type Asked = {
  readonly [Kind in keyof DialogsOf]: { readonly kind: Kind; readonly id: number; readonly dialog: DialogsOf[Kind] };
}[keyof DialogsOf];

/** A dialog that the palette asked for, and that its screen opens. */
export interface AskedDialogSlice {
  readonly asked: Asked | undefined;
  ask(asked: Asked): void;
  /** Forgets it, because it opens. */
  taken(): void;
}

export const askedDialogSlice: MakeSlice<AskedDialogSlice> = ({ set }) => ({
  asked: undefined,
  ask: (asked) => set({ asked }),
  taken: () => set({ asked: undefined }),
  vaultLocked: () => set({ asked: undefined }),
});
