import type { InputOf, OutputOf, Progress } from '../../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import type { ReadsSlice } from '../../core/reads.ts';
import { asKeyfobError } from '../../core/resource.ts';
import type { MakeSlice } from '../../core/slice.ts';
import type { DeviceOwner, DeviceTokensSlice } from './deviceTokens.ts';

type MintInput = InputOf<MethodOf<'devices.mint'>>;
type MintedToken = OutputOf<MethodOf<'devices.mint'>>['items'][number];

/** A new device token without its values. The window keeps no values. */
export type MintedDevice = Omit<MintedToken, 'accessToken' | 'refreshToken'>;

/** The form for the next minting of one application. It stays when other screens and applications are shown. */
export interface DeviceDraft {
  readonly names: readonly string[];
  /** Extra scopes for each token. */
  readonly scopes: readonly string[];
  /** The typed lifetime of new tokens. Empty: the key set's. */
  readonly lifetime: string;
}

/** What the tokens of one minting have in common. */
export interface MintChoice {
  /** Extra scopes, separated by spaces. */
  readonly scope: string;
  /** Lifetime of new tokens. Without it, the key set's. */
  readonly validitySeconds?: number | undefined;
}

/** The outcome of the last minting, and its owner. */
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
   * Mints one token per device. Their rows come first in the list, and the minted names leave the draft.
   * Resolves to the minted tokens, or to `undefined` after an error or a cancel.
   */
  mint(owner: DeviceOwner, device: readonly string[], choice: MintChoice): Promise<readonly MintedDevice[] | undefined>;
  /** Stops between two devices. The minted ones stay. */
  cancel(): void;
  /** Forgets the outcome. */
  forget(): void;
}

/** The draft of an application before a person types. */
export const noDraft: DeviceDraft = { names: [], scopes: [], lifetime: '' };

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
    async mint(owner, device, { scope, validitySeconds }) {
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
        ...(validitySeconds !== undefined && { validitySeconds }),
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
        // Tokens are minted in order, so the first `done` names are finished. A later name may be finished too: minting it again
        // gives the same token. Where only hashes are stored, the values of all are lost with the answer, so all names stay.
        const { tokenPersistence } = await host.call('settings.read', {});
        if (tokenPersistence === 'encrypted') leaveOut(applicationId, new Set(device.slice(0, done)));
        return undefined;
      } finally {
        running = undefined;
        set({ minting: undefined });
        // Also after a cancel: some tokens may have been minted.
        uses().reads.refreshAfter('tokens.changed');
      }
    },
    cancel: () => running?.abort(),
    forget,
    vaultLocked: forget,
  };
};
