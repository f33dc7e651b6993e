import { useEffect } from 'react';
import { useKeyfobState } from '../../context.ts';
import { type DeviceDraft, type DevicesSlice, noDraft } from '../../topics/devices/devices.ts';
import type { DeviceOwner, DeviceTokensSlice } from '../../topics/devices/deviceTokens.ts';

/** Minting of device tokens: its progress and outcome, and how to start and cancel it. */
export const useMinting = (): DevicesSlice => useKeyfobState((state) => state.devices);

/** The draft of an application. */
export const useDeviceDraft = (applicationId: number): DeviceDraft =>
  useKeyfobState((state) => state.devices.drafts[applicationId]) ?? noDraft;

/** The device tokens of an owner. They stay fresh while the component is shown. */
export function useDeviceTokens(owner: DeviceOwner): DeviceTokensSlice {
  const slice = useKeyfobState((state) => state.deviceTokens);
  const { watch } = slice;
  const { applicationId, application, keyType, username } = owner;
  useEffect(
    () => watch({ applicationId, application, keyType, username }),
    [watch, applicationId, application, keyType, username],
  );
  return slice;
}
