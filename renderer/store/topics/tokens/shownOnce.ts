import type { IssuedToken } from '../../../../preload/contract/tokens.ts';
import { afterRealTime } from '../../../host/afterRealTime.ts';
import type { MakeSlice } from '../../core/slice.ts';

/** A token that Keyfob stores as a hash, and whose value this window still has. */
export interface ShownToken {
  readonly id: number;
  /** Its device, or "Token" and its id. */
  readonly name: string;
  readonly hasRefreshToken: boolean;
}

/** An issued token, as far as this slice needs it. */
export type TakenToken = Pick<IssuedToken, 'id' | 'scope' | 'persistence' | 'accessToken' | 'refreshToken'>;

export type TokenValues = Pick<IssuedToken, 'accessToken' | 'refreshToken'>;

/** Values that Keyfob stores as hashes can be copied once, from here. The values themselves are not in the state. */
export interface ShownOnceSlice {
  /** Newest first. */
  readonly tokens: readonly ShownToken[];
  /** Takes newly issued tokens. Ignores those whose values Keyfob stores. */
  take(issued: readonly TakenToken[]): void;
  valuesOf(id: number): TokenValues | undefined;
  /** Forgets all values. */
  forget(): void;
}

/** The values are forgotten after this time. */
export const heldMinutes = 10;

const nameOf = ({ id, scope }: TakenToken): string => {
  const [device, second] = scope.split(' ').filter((one) => one.startsWith('device_'));
  return device !== undefined && second === undefined ? device.slice('device_'.length) : `Token ${id}`;
};

export const shownOnceSlice: MakeSlice<ShownOnceSlice> = ({ get, set }) => {
  const values = new Map<number, TokenValues>();
  let cancel: (() => void) | undefined;
  const forget = () => {
    cancel?.();
    values.clear();
    if (get().tokens.length > 0) set({ tokens: [] });
  };
  return {
    tokens: [],
    take(issued) {
      const hashed = issued.filter(({ persistence }) => persistence === 'hashed');
      if (hashed.length === 0) return;
      cancel?.();
      cancel = afterRealTime(heldMinutes * 60_000, forget);
      for (const { id, accessToken, refreshToken } of hashed) {
        values.set(id, { accessToken, ...(refreshToken !== undefined && { refreshToken }) });
      }
      const shown = hashed.map((token) => ({
        id: token.id,
        name: nameOf(token),
        hasRefreshToken: token.refreshToken !== undefined,
      }));
      set({ tokens: [...shown, ...get().tokens] });
    },
    valuesOf: (id) => values.get(id),
    forget,
    vaultLocked: forget,
  };
};
