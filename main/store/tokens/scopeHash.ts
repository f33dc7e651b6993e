import { hash } from 'node:crypto';

/**
 * The hash of a normalised scope text in the tuple (reference 1.1): MD5, 16 bytes. It only distinguishes scope sets; no security
 * depends on it.
 */
export const scopeHash = (scope: string): Buffer => Buffer.from(hash('md5', scope, 'binary'), 'latin1');
