import type { MakeSlice } from '../../core/slice.ts';
import type { DeviceToken } from './deviceTokenReads.ts';

/** The token whose QR code is shown, over any screen. */
export interface QrSlice {
  readonly token: DeviceToken | undefined;
  /** The tokens that its arrow keys lead to. */
  readonly among: readonly DeviceToken[];
  show(token: DeviceToken, among?: readonly DeviceToken[]): void;
  close(): void;
}

export const qrSlice: MakeSlice<QrSlice> = ({ set }) => {
  const close = () => set({ token: undefined, among: [] });
  return {
    token: undefined,
    among: [],
    show: (token, among = [token]) => set({ token, among }),
    close,
    vaultLocked: close,
    start: () => addEventListener('hashchange', close),
  };
};
