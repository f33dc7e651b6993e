import type { Migration } from './migration.ts';

/** Reserved for another branch. Remove this file when that branch is merged. */
export const reserved9: Migration = { number: 9, up: () => undefined };
