import type { MakeSlice } from '../core/slice.ts';
import { routeOf, type Screen } from './route.ts';

export type ApplicationDialog = 'edit' | 'export' | 'delete';
export type UserDialog = 'show' | 'roles' | 'claims' | 'password' | 'disable' | 'delete';
export type ApiDialog = 'delete';
export type DeviceSetDialog = 'fill' | 'rename';

/** The dialogs of each kind of thing. */
export interface DialogsOf {
  readonly application: ApplicationDialog;
  readonly user: UserDialog;
  readonly api: ApiDialog;
  /** `fill` fills the form of the screen. */
  readonly deviceSet: DeviceSetDialog;
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

const screenOf: Readonly<Record<keyof DialogsOf, Screen>> = {
  application: 'applications',
  user: 'users',
  api: 'apis',
  deviceSet: 'devices',
};

export const askedDialogSlice: MakeSlice<AskedDialogSlice> = ({ get, set }) => {
  const taken = () => set({ asked: undefined });
  return {
    asked: undefined,
    ask: (asked) => set({ asked }),
    taken,
    vaultLocked: taken,
    start() {
      // A screen that could not open it must not do so at the next visit.
      addEventListener('hashchange', () => {
        const { asked } = get();
        if (asked !== undefined && screenOf[asked.kind] !== routeOf(location.hash).screen) taken();
      });
    },
  };
};
