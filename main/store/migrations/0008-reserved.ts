import type { Migration } from './migration.ts';

/** Reserved for another branch. Remove this file when that branch is merged. */
export const reserved8: Migration = { number: 8, up: () => undefined };
