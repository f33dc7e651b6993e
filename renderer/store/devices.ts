import type { InputOf, OutputOf, Progress } from '../../preload/contract/define.ts';
import type { KeyfobError } from '../../preload/contract/errors.ts';
import type { MethodOf } from '../../preload/contract/index.ts';
import { useKeyfobState } from './context.ts';
import { asKeyfobError } from './resource.ts';
import type { MakeSlice } from './slice.ts';

type MintInput = InputOf<MethodOf<'devices.mint'>>;
type MintedToken = OutputOf<MethodOf<'devices.mint'>>['items'][number];

/** A device's new token as the window keeps it: without the values. */
export type MintedDevice = Omit<MintedToken, 'accessToken' | 'refreshToken'>;

/** Minting goes on when another screen is shown; it is here that one sees how far it is. */
export interface DevicesSlice {
  readonly minting: { readonly input: MintInput; readonly progress: Progress } | undefined;
  /** What the last minting made. */
  readonly minted: readonly MintedDevice[];
  readonly error: KeyfobError | undefined;
  /** Mints one token per device. Resolves to what was made; `undefined` when it failed or was cancelled. */
  mint(input: MintInput): Promise<readonly MintedDevice[] | undefined>;
  /** Stops between two devices; those done so far stay. */
  cancel(): void;
  /** Forgets what the last minting made, and its error. */
  forget(): void;
}

const withoutValues = ({ accessToken: _, refreshToken: __, ...rest }: MintedToken): MintedDevice => rest;

export const devicesSlice: MakeSlice<DevicesSlice> = ({ host, get, set }) => {
  let running: AbortController | undefined;
  return {
    minting: undefined,
    minted: [],
    error: undefined,
    async mint(input) {
      if (running !== undefined) return undefined;
      const mine = new AbortController();
      running = mine;
      const show = (progress: Progress) => set({ minting: { input, progress } });
      set({ minted: [], error: undefined });
      show({ done: 0, total: input.device.length });
      try {
        const { items } = await host.call('devices.mint', input, { signal: mine.signal, onProgress: show });
        const minted = items.map(withoutValues);
        set({ minted });
        return minted;
      } catch (error) {
        set({ error: asKeyfobError(error) });
        return undefined;
      } finally {
        running = undefined;
        set({ minting: undefined });
        // What was done before a cancel is there as well.
        get().reads.heard('tokens.changed');
      }
    },
    cancel: () => running?.abort(),
    forget: () => set({ minted: [], error: undefined }),
  };
};

/** Minting of device tokens: how far it is, what it made, and how to begin and stop it. */
export const useMinting = (): DevicesSlice => useKeyfobState((state) => state.devices);
