import { useRef, useState } from 'react';
import type { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { LoggedRequest } from '../../../../preload/contract/requests.ts';
import { useRead } from '../../../store/hooks/useRead.ts';
import type { Callers } from './useCallers.ts';

/** The largest page. */
const newest = 1000;

export interface RequestList {
  /** Newest first. `undefined` until first read. */
  readonly shown: readonly LoggedRequest[] | undefined;
  readonly error: KeyfobError | undefined;
  /** Whether some are hidden: cleared, not refused, or no match. */
  readonly someHidden: boolean;
  readonly refusalsOnly: boolean;
  readonly paused: boolean;
  readonly search: string;
  showRefusalsOnly(refusalsOnly: boolean): void;
  /** Shows requests whose listed text contains each of these words. */
  searchFor(text: string): void;
  /** Holds the list still until it is resumed. */
  pause(paused: boolean): void;
  /** Hides the current requests. Newer ones show. */
  clear(): void;
  /** Shows all requests again. */
  showAll(): void;
}

/** Whether the endpoint refused it. */
export const isRefusal = ({ status }: LoggedRequest): boolean => status >= 400;

/** The searchable text, in lower case. */
function textOf(request: LoggedRequest, callers: Callers): string {
  const { method, path, status, clientId, grantType, tokenId, error, errorDescription, why } = request;
  const caller = clientId === undefined ? undefined : callers.get(clientId)?.application;
  return [method, path, status, caller, clientId, grantType, tokenId, error, errorDescription, why]
    .join(' ')
    .toLowerCase();
}

/** The newest requests as they arrive, with the filters of the list. */
export function useRequests(callers: Callers): RequestList {
  const [paused, setPaused] = useState(false);
  const [refusalsOnly, setRefusalsOnly] = useState(false);
  const [clearedUpTo, setClearedUpTo] = useState(0);
  const [search, searchFor] = useState('');
  const read = useRead('requests.list', paused ? undefined : { limit: newest });
  const kept = useRef<readonly LoggedRequest[]>(undefined);
  const all = read.value?.items ?? kept.current;
  kept.current = all;
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const isWanted = (request: LoggedRequest): boolean => {
    if (request.sequence <= clearedUpTo || (refusalsOnly && !isRefusal(request))) return false;
    if (words.length === 0) return true;
    const text = textOf(request, callers);
    return words.every((word) => text.includes(word));
  };
  const shown = all?.filter(isWanted);
  return {
    shown,
    error: read.error,
    someHidden: (shown?.length ?? 0) < (all?.length ?? 0),
    refusalsOnly,
    paused,
    search,
    searchFor,
    showRefusalsOnly: setRefusalsOnly,
    pause: setPaused,
    clear: () => setClearedUpTo(all?.[0]?.sequence ?? 0),
    showAll() {
      setClearedUpTo(0);
      setRefusalsOnly(false);
      searchFor('');
    },
  };
}
