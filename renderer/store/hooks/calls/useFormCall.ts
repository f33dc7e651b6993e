import { type FormEvent, useState } from 'react';
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import type { KeyfobError } from '../../../../preload/contract/errors.ts';
import { asKeyfobError } from '../../core/resource.ts';

type Form<Values extends FieldValues, Parsed> = UseFormReturn<Values, unknown, Parsed>;

/** Shows an error next to the fields that it names. Gives its message when it names no field of this form. */
function showFaults<Values extends FieldValues, Parsed>(
  form: Form<Values, Parsed>,
  error: KeyfobError,
): string | undefined {
  const fields = Object.keys(form.getValues());
  const faults = (error.details.fields ?? [])
    .map(({ path, message }) => ({ field: path.split('.')[0] ?? '', message }))
    .filter(({ field }) => fields.includes(field));
  for (const [index, { field, message }] of faults.entries()) {
    // The filter above found it among the fields of the form.
    form.setError(field as Path<Values>, { message }, { shouldFocus: index === 0 });
  }
  return faults.length === 0 ? error.message : undefined;
}

/**
 * Submits a form: `send` calls the contract with the parsed values. An error appears next to its fields, or in `error` when it
 * names none.
 */
export function useFormCall<Values extends FieldValues, Parsed>(
  form: Form<Values, Parsed>,
  send: (values: Parsed) => Promise<unknown>,
) {
  const [error, setError] = useState<string>();
  const submit = form.handleSubmit(async (values) => {
    setError(undefined);
    try {
      await send(values);
    } catch (thrown) {
      setError(showFaults(form, asKeyfobError(thrown)));
    }
  });
  return {
    submit: (event?: FormEvent) => void submit(event),
    pending: form.formState.isSubmitting,
    error,
  };
}
