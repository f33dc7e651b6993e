import type { MakeSlice } from '../core/slice.ts';
import type { RouteSlice } from '../window/route.ts';

/** Refusals of the endpoint that no person has seen yet. */
export interface RefusalsSlice {
  readonly unseen: number;
  /** The list of requests is shown. */
  look(): void;
}

export const refusalsSlice: MakeSlice<RefusalsSlice, { readonly route: RouteSlice }> = ({ get, set, uses }) => ({
  unseen: 0,
  heard(event) {
    if (event.name !== 'requests.added' || event.data.status < 400) return;
    if (uses().route.current.screen !== 'requests') set({ unseen: get().unseen + 1 });
  },
  look() {
    if (get().unseen > 0) set({ unseen: 0 });
  },
});
