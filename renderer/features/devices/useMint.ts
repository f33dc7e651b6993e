import { useKeyfob } from '../../store/context.ts';
import { type DevicesSlice, useMinting } from '../../store/devices.ts';
import type { DeviceOwner, DeviceToken } from '../../store/deviceTokens.ts';
import { deviceOf, furtherScopes } from './desk.ts';
import { checkName } from './names.ts';

/** Minting for one owner. */
export interface Mint extends DevicesSlice {
  /** Mints what the draft names; names that are none stay in it. */
  mintDraft(): void;
  /** Mints for these devices again, each with its scopes. */
  mintAgain(tokens: readonly DeviceToken[]): Promise<void>;
}

/** Minting for one owner, from the draft or again. `onBegin` is called before each. */
export function useMint({ application, keyType, username }: DeviceOwner, onBegin: () => void): Mint {
  const { store } = useKeyfob();
  const minting = useMinting();
  const owner = { application, keyType, ...(username !== undefined && { username }) };
  const begin = async (device: readonly string[], scope: string) => {
    const minted = await minting.mint({ ...owner, device: [...device], scope });
    const [first] = minted ?? [];
    // The snippet pane shows how to use what is there now.
    if (first !== undefined) store.getState().selection.select({ device: first.device, tokenId: first.id, scope });
    return minted;
  };
  return {
    ...minting,
    mintDraft() {
      // As of this very moment: the key that mints may have made a chip of the last word as well.
      const { names, scopes } = store.getState().devices.draft;
      const device = names.filter((name) => checkName(name).ok);
      if (device.length === 0) return;
      onBegin();
      void begin(device, scopes.join(' '));
    },
    async mintAgain(tokens) {
      const byScope = new Map<string, string[]>();
      for (const token of tokens) {
        const scope = furtherScopes(token).join(' ');
        byScope.set(scope, [...(byScope.get(scope) ?? []), deviceOf(token)]);
      }
      onBegin();
      for (const [scope, device] of byScope) {
        if ((await begin(device, scope)) === undefined) return;
      }
    },
  };
}
