import type { MakeSlice } from '../core/slice.ts';

/** Whether Keyfob answers. */
export interface ConnectionSlice {
  /** `ended`: the session of this page is over. Only a new address starts another one. */
  readonly state: 'connecting' | 'connected' | 'lost' | 'ended';
  become(state: ConnectionSlice['state']): void;
}

export const connectionSlice: MakeSlice<ConnectionSlice> = ({ set }) => ({
  state: 'connecting',
  become: (state) => set({ state }),
});
