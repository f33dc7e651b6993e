import type { MakeSlice } from '../slice.ts';

/** Whether Keyfob answers. */
export interface ConnectionSlice {
  /** `ended`: this page's session is over, and only a new address brings another. */
  readonly state: 'connecting' | 'connected' | 'lost' | 'ended';
  become(state: ConnectionSlice['state']): void;
}

export const connectionSlice: MakeSlice<ConnectionSlice> = ({ set }) => ({
  state: 'connecting',
  become: (state) => set({ state }),
});
