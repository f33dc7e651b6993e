import type { DeviceSet } from '../../../preload/contract/deviceSets.ts';
import type { Keyfob } from '../context.ts';
import { asKeyfobError } from '../core/resource.ts';
import { failureToast } from '../window/toasts.ts';

/** What a set keeps. */
type NewDeviceSet = Pick<
  DeviceSet,
  'application' | 'keyType' | 'user' | 'name' | 'devices' | 'scope' | 'validitySeconds'
>;

/** Saves devices under a name. Rejects with `KeyfobError`. */
export async function saveSet({ host }: Keyfob, set: NewDeviceSet): Promise<void> {
  const { application, keyType, user, name, devices, scope, validitySeconds } = set;
  await host.call('deviceSets.save', {
    ...{ application, keyType, name, device: [...devices], scope },
    ...(user !== undefined && { username: user }),
    ...(validitySeconds !== undefined && { validitySeconds }),
  });
}

/** Makes the owner of a set the context, so that forms and lists of the screen Device tokens are about it. */
export const takeOwner = ({ store }: Keyfob, { application, keyType, user, scope }: DeviceSet): Promise<void> =>
  store.getState().windowContext.take({ application, keyType, username: user, scope });

/** Mints the devices of a set, on the screen Device tokens. Only one minting runs at a time: a toast says so. */
export async function mintSet(keyfob: Keyfob, set: DeviceSet): Promise<void> {
  const { application, applicationId, keyType, user, devices, scope, validitySeconds } = set;
  const state = keyfob.store.getState();
  if (state.devices.minting !== undefined) {
    const detail = 'Another minting runs. Wait for it, or cancel it on Device tokens.';
    state.toasts.show({ tone: 'warn', title: `${set.name} was not minted.`, detail });
    return;
  }
  await takeOwner(keyfob, set);
  state.route.go({ screen: 'devices' });
  await state.devices.mint({ applicationId, application, keyType, username: user }, devices, {
    scope,
    validitySeconds,
  });
}

/** Deletes a set. A toast tells the result, and saves it again on request. */
export async function deleteSet(keyfob: Keyfob, set: DeviceSet): Promise<void> {
  const { show } = keyfob.store.getState().toasts;
  const { application, name } = set;
  const undo = () =>
    saveSet(keyfob, set).catch((error: unknown) => show(failureToast(`${name} was not saved.`, asKeyfobError(error))));
  try {
    await keyfob.host.call('deviceSets.delete', { application, set: name });
    show({
      title: `${name} was deleted.`,
      detail: 'Its devices keep their tokens.',
      action: { label: 'Undo', alternative: 'Save the set again', run: () => void undo() },
    });
  } catch (error) {
    show(failureToast(`${name} was not deleted.`, asKeyfobError(error)));
  }
}
