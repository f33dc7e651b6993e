import { maskForm } from './form.ts';
import { createMask, type Mask } from './names.ts';
import { maskRuns } from './text.ts';

/** Masks tokens in a path. */
export const maskPath = (path: string): string => maskRuns(path, createMask().mask);

/** Masks secrets in path, query and fragment of a request target. */
export const maskTarget = (target: string, mask: Mask): string => {
  const [path = '', ...rest] = target.split(/(?=[?#])/);
  return maskRuns(path, mask) + rest.map((part) => part.charAt(0) + maskForm(part.slice(1), mask)).join('');
};
