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

/** What is typed and picked to mint next. It stays while other screens are shown. */
export interface DeviceDraft {
  readonly names: readonly string[];
  /** Further scopes for each token. */
  readonly scopes: readonly string[];
  /** `null`: application tokens. `undefined`: nobody picked yet. */
  readonly username: string | null | undefined;
}

/** Minting goes on when another screen is shown; it is here that one sees how far it is. */
export interface DevicesSlice {
  readonly draft: DeviceDraft;
  readonly minting: { readonly input: MintInput; readonly progress: Progress } | undefined;
  /** What the last minting made. */
  readonly minted: readonly MintedDevice[];
  readonly error: KeyfobError | undefined;
  change(patch: Partial<DeviceDraft>): void;
  /**
   * Mints one token per device; their rows come first in the list, and the names done leave the draft. Resolves to what
   * was made; `undefined` when it failed or was cancelled.
   */
  mint(input: MintInput): Promise<readonly MintedDevice[] | undefined>;
  /** Stops between two devices; those done so far stay. */
  cancel(): void;
  /** Forgets what the last minting made, and its error. */
  forget(): void;
}

const withoutValues = ({ accessToken: _, refreshToken: __, ...rest }: MintedToken): MintedDevice => rest;

export const devicesSlice: MakeSlice<DevicesSlice> = ({ host, get, set }) => {
  let running: AbortController | undefined;

  const leaveOut = (done: ReadonlySet<string>) => {
    const { draft } = get().devices;
    set({ draft: { ...draft, names: draft.names.filter((name) => !done.has(name)) } });
  };

  return {
    draft: { names: [], scopes: [], username: undefined },
    minting: undefined,
    minted: [],
    error: undefined,
    change: (patch) => set({ draft: { ...get().devices.draft, ...patch } }),
    async mint(input) {
      if (running !== undefined) return undefined;
      const mine = new AbortController();
      running = mine;
      let done = 0;
      const show = (progress: Progress) => {
        done = progress.done;
        set({ minting: { input, progress } });
      };
      set({ minted: [], error: undefined });
      show({ done: 0, total: input.device.length });
      get().deviceTokens.putFirst(input.device);
      try {
        const { items } = await host.call('devices.mint', input, { signal: mine.signal, onProgress: show });
        const minted = items.map(withoutValues);
        set({ minted });
        leaveOut(new Set(input.device));
        return minted;
      } catch (error) {
        set({ error: asKeyfobError(error) });
        // They are minted in order. Those done since the last progress keep their names here: minted again, they get the same token.
        // Where only hashes are kept, their values went with the answer that did not come: then they are minted anew.
        const { tokenPersistence } = await host.call('settings.read', {});
        if (tokenPersistence === 'encrypted') leaveOut(new Set(input.device.slice(0, done)));
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
