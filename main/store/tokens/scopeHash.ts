import { hash } from 'node:crypto';

/**
 * What stands for a scope text in the tuple (reference 1.1): its MD5, 16 bytes. It only tells scope sets apart. The text
 * is normalised already.
 */
export const scopeHash = (scope: string): Buffer => Buffer.from(hash('md5', scope, 'binary'), 'latin1');
