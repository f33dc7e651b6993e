import type { InputOf, OutputOf, Progress } from '../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { ReadsSlice } from '../core/reads.ts';
import { asKeyfobError } from '../core/resource.ts';
import type { MakeSlice } from '../core/slice.ts';
import type { DeviceOwner, DeviceTokensSlice } from './deviceTokens.ts';

type MintInput = InputOf<MethodOf<'devices.mint'>>;
type MintedToken = OutputOf<MethodOf<'devices.mint'>>['items'][number];

/** A device's new token as the window keeps it: without the values. */
export type MintedDevice = Omit<MintedToken, 'accessToken' | 'refreshToken'>;

/** What is typed to mint next, for one application. It stays while other screens and applications are shown. */
export interface DeviceDraft {
  readonly names: readonly string[];
  /** Extra scopes for each token. */
  readonly scopes: readonly string[];
}

/** How the last minting ended, and for whom. */
export interface MintOutcome {
  readonly owner: DeviceOwner;
  readonly minted: readonly MintedDevice[];
  readonly error: KeyfobError | undefined;
  /** Real time. */
  readonly atMs: number;
}

/** Minting continues when another screen or application is shown. */
export interface DevicesSlice {
  /** By the application's id. */
  readonly drafts: Readonly<Record<number, DeviceDraft>>;
  readonly minting: { readonly owner: DeviceOwner; readonly progress: Progress } | undefined;
  readonly outcome: MintOutcome | undefined;
  change(applicationId: number, patch: Partial<DeviceDraft>): void;
  /**
   * Mints one token per device; their rows come first in the list, and the minted names leave the application's draft.
   * Resolves to the minted tokens; `undefined` when it failed or was cancelled.
   */
  mint(owner: DeviceOwner, device: readonly string[], scope: string): Promise<readonly MintedDevice[] | undefined>;
  /** Stops between two devices; those done so far stay. */
  cancel(): void;
  /** Forgets the outcome. */
  forget(): void;
}

/** The draft of an application for which nothing was typed. */
export const noDraft: DeviceDraft = { names: [], scopes: [] };

const withoutValues = ({ accessToken: _, refreshToken: __, ...rest }: MintedToken): MintedDevice => rest;

interface Uses {
  readonly deviceTokens: DeviceTokensSlice;
  readonly reads: ReadsSlice;
}

export const devicesSlice: MakeSlice<DevicesSlice, Uses> = ({ host, get, set, uses }) => {
  let running: AbortController | undefined;

  const change = (applicationId: number, patch: Partial<DeviceDraft>) => {
    const { drafts } = get();
    set({ drafts: { ...drafts, [applicationId]: { ...noDraft, ...drafts[applicationId], ...patch } } });
  };
  const leaveOut = (applicationId: number, done: ReadonlySet<string>) => {
    const { names } = get().drafts[applicationId] ?? noDraft;
    change(applicationId, { names: names.filter((name) => !done.has(name)) });
  };

  const forget = () => set({ outcome: undefined });

  return {
    drafts: {},
    minting: undefined,
    outcome: undefined,
    change,
    async mint(owner, device, scope) {
      if (running !== undefined) return undefined;
      const mine = new AbortController();
      running = mine;
      const { applicationId, application, keyType, username } = owner;
      const input: MintInput = {
        application,
        keyType,
        ...(username !== undefined && { username }),
        device: [...device],
        scope,
      };
      let done = 0;
      const show = (progress: Progress) => {
        done = progress.done;
        set({ minting: { owner, progress } });
      };
      const end = (minted: readonly MintedDevice[], error?: KeyfobError) =>
        set({ outcome: { owner, minted, error, atMs: Date.now() } });
      set({ outcome: undefined });
      show({ done: 0, total: device.length });
      uses().deviceTokens.putFirst(device);
      try {
        const { items } = await host.call('devices.mint', input, { signal: mine.signal, onProgress: show });
        const minted = items.map(withoutValues);
        end(minted);
        leaveOut(applicationId, new Set(device));
        return minted;
      } catch (error) {
        end([], asKeyfobError(error));
        // They are minted in order. Those done since the last progress keep their names here: minted again, they get the same token.
        // Where only hashes are kept, their values went with the answer that did not come: then they are minted again.
        const { tokenPersistence } = await host.call('settings.read', {});
        if (tokenPersistence === 'encrypted') leaveOut(applicationId, new Set(device.slice(0, done)));
        return undefined;
      } finally {
        running = undefined;
        set({ minting: undefined });
        // What was done before a cancel is there as well.
        uses().reads.refreshAfter('tokens.changed');
      }
    },
    cancel: () => running?.abort(),
    forget,
    vaultLocked: forget,
  };
};
