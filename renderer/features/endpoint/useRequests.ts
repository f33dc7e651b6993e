import { useRef, useState } from 'react';
import type { EndpointRequest } from '../../../preload/contract/endpoint.ts';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import { useRead } from '../../store/reads.ts';

/** The endpoint keeps 500 requests, and 50 rows for other sites. */
const newest = 550;

export interface RequestList {
  /** Newest first; `undefined` until first read. */
  readonly shown: readonly EndpointRequest[] | undefined;
  readonly error: KeyfobError | undefined;
  /** Whether there are any that are not shown for being cleared or no refusal. */
  readonly someHidden: boolean;
  readonly refusalsOnly: boolean;
  readonly paused: boolean;
  showRefusalsOnly(refusalsOnly: boolean): void;
  /** Keeps what is shown as it is, until it goes on. */
  pause(paused: boolean): void;
  /** Hides those there are; newer ones show. */
  clear(): void;
  /** Shows all there are again. */
  showAll(): void;
}

/** Whether the endpoint said no. */
export const isRefusal = ({ status }: EndpointRequest): boolean => status >= 400;

/** The newest requests to the endpoint as they come in, and which of them are shown. */
export function useRequests(): RequestList {
  const [paused, setPaused] = useState(false);
  const [refusalsOnly, setRefusalsOnly] = useState(false);
  const [clearedUpTo, setClearedUpTo] = useState(0);
  const read = useRead('endpoint.requests', paused ? undefined : { limit: newest });
  const kept = useRef<readonly EndpointRequest[]>(undefined);
  const all = read.value?.items ?? kept.current;
  kept.current = all;
  const shown = all?.filter((request) => request.sequence > clearedUpTo && (!refusalsOnly || isRefusal(request)));
  return {
    shown,
    error: read.error,
    someHidden: (shown?.length ?? 0) < (all?.length ?? 0),
    refusalsOnly,
    paused,
    showRefusalsOnly: setRefusalsOnly,
    pause: setPaused,
    clear: () => setClearedUpTo(all?.[0]?.sequence ?? 0),
    showAll() {
      setClearedUpTo(0);
      setRefusalsOnly(false);
    },
  };
}
