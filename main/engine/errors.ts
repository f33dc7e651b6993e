import { KeyfobError } from '../../preload/contract/errors.ts';

/** The named thing does not exist. `field` is the input field that named it. */
export const notFound = (field: string, message: string): KeyfobError =>
  new KeyfobError('not_found', message, { fields: [{ path: field, message }] });

/** The input is well-formed but not acceptable. */
export const badInput = (field: string, message: string): KeyfobError =>
  new KeyfobError('bad_input', message, { fields: [{ path: field, message }] });

/** The input contradicts something that exists. */
export const conflict = (field: string, message: string): KeyfobError =>
  new KeyfobError('conflict', message, { fields: [{ path: field, message }] });
