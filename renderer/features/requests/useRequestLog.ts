import { useEffect, useMemo } from 'react';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { LoggedRequest } from '../../../preload/contract/requests.ts';
import { useKeyfobState } from '../../store/context.ts';
import type { Callers } from './useCallers.ts';

/** The request log, newest first, as long as this component is shown. */
export function useRequestLog(callers: Callers): {
  readonly rows: readonly LoggedRequest[] | undefined;
  readonly error: KeyfobError | undefined;
  readonly clear: () => void;
} {
  const { rows, error, follow, clear } = useKeyfobState((state) => state.requests);
  useEffect(follow, [follow]);
  const named = useMemo(
    () =>
      rows?.map((row) => {
        const { application, keyType } = (row.clientId !== undefined && callers.get(row.clientId)) || {};
        return { ...row, ...(application && { application }), ...(keyType && { keyType }) };
      }),
    [rows, callers],
  );
  return { rows: named, error, clear };
}
