import { useEffect } from 'react';
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import { faultAt } from '../../store/core/resource.ts';

/**
 * Shows the engine's errors next to their fields until these change. Gives the error back when it is about no field of
 * the form.
 */
export function useFieldFaults<Values extends FieldValues>(
  { setError, setFocus }: UseFormReturn<Values>,
  fields: readonly Path<Values>[],
  error: KeyfobError | undefined,
): KeyfobError | undefined {
  const faulty = fields.filter((path) => faultAt(error, path) !== undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each error is shown once; the rest follows from it
  useEffect(() => {
    for (const path of faulty) setError(path, { type: 'engine', message: faultAt(error, path) ?? '' });
    if (faulty[0] !== undefined) setFocus(faulty[0]);
  }, [error]);
  return faulty.length > 0 ? undefined : error;
}
