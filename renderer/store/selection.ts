import type { KeyType } from '../../preload/contract/values.ts';
import { remember, remembered } from './remembered.ts';
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
  /** Changes the members named; another application forgets device and token of the one before. */
  select(patch: Partial<Selected>): void;
}

const keyTypes = ['PRODUCTION', 'SANDBOX'] as const;

export const selectionSlice: MakeSlice<SelectionSlice> = ({ get, set }) => ({
  selected: { keyType: remembered('keyType', keyTypes, 'PRODUCTION') },
  select(patch) {
    const before = get().selection.selected;
    const moved = patch.application !== undefined && patch.application !== before.application;
    const kept = moved ? { ...before, device: undefined, tokenId: undefined } : before;
    if (patch.keyType !== undefined) remember('keyType', patch.keyType);
    set({ selected: { ...kept, ...patch } });
  },
});
