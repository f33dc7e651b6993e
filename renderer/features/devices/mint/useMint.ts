import { useKeyfob } from '../../../store/context.ts';
import { useDeviceDraft, useMinting } from '../../../store/hooks/topics/useDevices.ts';
import {
  type DeviceDraft,
  type DevicesSlice,
  type MintChoice,
  noDraft,
} from '../../../store/topics/devices/devices.ts';
import type { DeviceToken } from '../../../store/topics/devices/deviceTokenReads.ts';
import { type DeviceOwner, ownerKey } from '../../../store/topics/devices/deviceTokens.ts';
import { extraScopes } from '../../../store/topics/tokens/extraScopes.ts';
import { deviceOf } from '../../../store/topics/tokens/tokenFacts.ts';
import { parseDuration } from '../../../ui/facts/duration.ts';
import { lookedAtOf } from '../deviceActions.ts';
import { checkName } from '../names.ts';

/** Mints for one owner. */
export interface Mint extends Pick<DevicesSlice, 'minting' | 'outcome' | 'cancel' | 'forget'> {
  readonly owner: DeviceOwner;
  readonly draft: DeviceDraft;
  change(patch: Partial<DeviceDraft>): void;
  /** Mints for the draft's names, unless its lifetime is invalid. Invalid names stay in the draft. */
  mintDraft(): void;
  /** Mints for these devices. */
  mintFor(device: readonly string[], choice: MintChoice): void;
  /** Mints again for these devices, each with its scopes. */
  mintAgain(tokens: readonly DeviceToken[]): Promise<void>;
}

/** The lifetime in seconds that a text means, or its problem. Neither for an empty text: the key set's. */
export const chosenLifetime = (text: string): { readonly validitySeconds?: number } | { readonly problem: string } => {
  if (text.trim() === '') return {};
  const parsed = parseDuration(text);
  return 'problem' in parsed ? parsed : { validitySeconds: parsed.seconds };
};

/** Mints for one owner, from the draft or again. Calls `onBegin` before each minting. */
export function useMint(owner: DeviceOwner, onBegin: () => void): Mint {
  const { store } = useKeyfob();
  const { mint, change, outcome, ...minting } = useMinting();
  const draft = useDeviceDraft(owner.applicationId);
  const begin = async (device: readonly string[], choice: MintChoice) => {
    const minted = await mint(owner, device, choice);
    const [first] = minted ?? [];
    const { route, deviceTokens, windowContext } = store.getState();
    const shown = route.current.screen === 'devices' ? deviceTokens.owner : undefined;
    // Show the new token's calls, unless the person has moved on.
    if (first !== undefined && shown !== undefined && ownerKey(shown) === ownerKey(owner)) {
      windowContext.look(lookedAtOf(owner, { ...first, scope: `device_${first.device} ${choice.scope}` }));
    }
    return minted;
  };
  return {
    ...minting,
    ...{ owner, draft },
    outcome: outcome !== undefined && ownerKey(outcome.owner) === ownerKey(owner) ? outcome : undefined,
    change: (patch) => change(owner.applicationId, patch),
    mintDraft() {
      // Read the draft now: the pressed key may have turned the last word into a chip.
      const { names, scopes, lifetime } = store.getState().devices.drafts[owner.applicationId] ?? noDraft;
      const device = names.filter((name) => checkName(name).ok);
      const chosen = chosenLifetime(lifetime);
      if (device.length === 0 || 'problem' in chosen) return;
      onBegin();
      void begin(device, { scope: scopes.join(' '), ...chosen });
    },
    mintFor(device, choice) {
      onBegin();
      void begin(device, choice);
    },
    async mintAgain(tokens) {
      const byScope = new Map<string, string[]>();
      for (const token of tokens) {
        const scope = extraScopes(token).join(' ');
        byScope.set(scope, [...(byScope.get(scope) ?? []), deviceOf(token)]);
      }
      onBegin();
      for (const [scope, device] of byScope) {
        if ((await begin(device, { scope })) === undefined) return;
      }
    },
  };
}
