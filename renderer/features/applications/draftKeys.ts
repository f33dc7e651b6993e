import type { KeyType } from '../../../preload/contract/values.ts';

/** Draft key for unsaved changes of existing keys. */
export const keysDraft = (applicationId: number, keyType: KeyType): string => `keys ${applicationId} ${keyType}`;

/** Draft key for the options of keys that are not generated yet. */
export const newKeysDraft = (applicationId: number, keyType: KeyType): string => `new keys ${applicationId} ${keyType}`;
