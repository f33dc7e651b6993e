import type { KeyType } from '../../../preload/contract/values.ts';

/** What unsaved changes of keys there are belong to. */
export const keysDraft = (applicationId: number, keyType: KeyType): string => `keys ${applicationId} ${keyType}`;

/** What the choices for keys to come belong to. */
export const newKeysDraft = (applicationId: number, keyType: KeyType): string => `new keys ${applicationId} ${keyType}`;
