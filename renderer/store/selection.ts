import type { KeyType } from '../../preload/contract/values.ts';
import type { MakeSlice } from './slice.ts';

/** What was last picked, whatever the screen: the snippet pane follows it. */
export interface Selected {
  /** The application's name or number. */
  readonly application?: string | undefined;
  readonly keyType: KeyType;
  /** A user token's user; absent for application tokens. */
  readonly username?: string | undefined;
  /** A device's name, without `device_`. */
  readonly device?: string | undefined;
  /** Further scopes, separated by blanks. */
  readonly scope?: string | undefined;
  readonly tokenId?: number | undefined;
}

export interface SelectionSlice {
  readonly selected: Selected;
  /**
   * Changes the members named. Another application forgets device and scopes of the one before; another of anything
   * forgets the token.
   */
  select(patch: Partial<Selected>): void;
}

export const selectionSlice: MakeSlice<SelectionSlice> = ({ get, set, preferences }) => ({
  selected: { keyType: preferences.keyType ?? 'PRODUCTION' },
  select(patch) {
    const before = get().selection.selected;
    const isOther = (name: keyof Selected) => name in patch && patch[name] !== before[name];
    const forgotten = isOther('application') ? { device: undefined, scope: undefined } : {};
    const moved = (['application', 'keyType', 'username', 'device', 'scope'] as const).some(isOther);
    if (patch.keyType !== undefined) get().preferences.keep({ keyType: patch.keyType });
    set({ selected: { ...before, ...forgotten, ...(moved && { tokenId: undefined }), ...patch } });
  },
});
