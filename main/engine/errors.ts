import { KeyfobError } from '../../preload/contract/errors.ts';

/** What was named does not exist; `field` is where the input named it. */
export const notFound = (field: string, message: string): KeyfobError =>
  new KeyfobError('not_found', message, { fields: [{ path: field, message }] });

/** The input is well-formed, but cannot be as it is. */
export const badInput = (field: string, message: string): KeyfobError =>
  new KeyfobError('bad_input', message, { fields: [{ path: field, message }] });

/** What is asked for stands against something that exists. */
export const conflict = (field: string, message: string): KeyfobError =>
  new KeyfobError('conflict', message, { fields: [{ path: field, message }] });
