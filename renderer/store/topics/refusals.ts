import type { EndpointRequest } from '../../../preload/contract/endpoint.ts';
import type { MakeSlice } from '../slice.ts';

/** Refusals of the endpoint that nobody has looked at yet. */
export interface RefusalsSlice {
  readonly unseen: number;
  /** The endpoint answered a request. */
  heard(request: EndpointRequest): void;
  /** The list of requests is shown. */
  look(): void;
}

export const refusalsSlice: MakeSlice<RefusalsSlice> = ({ get, set }) => ({
  unseen: 0,
  heard({ status }) {
    if (status < 400 || get().route.current.screen === 'endpoint') return;
    set({ unseen: get().refusals.unseen + 1 });
  },
  look() {
    if (get().refusals.unseen > 0) set({ unseen: 0 });
  },
});
