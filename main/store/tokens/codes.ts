import type { GrantType, TokenState, UserType } from '../../../preload/contract/values.ts';

/** Words as the small integers that rows store. SQLite stores 0 and 1 without a byte, so a retired row must not grow from one. */
export const stateCodes = { ACTIVE: 2, INACTIVE: 3, EXPIRED: 4, REVOKED: 5 } as const satisfies Record<
  TokenState,
  number
>;
export const grantCodes = {
  password: 0,
  client_credentials: 1,
  refresh_token: 2,
  authorization_code: 3,
} as const satisfies Record<GrantType, number>;
export const userTypeCodes = { APPLICATION: 0, APPLICATION_USER: 1 } as const satisfies Record<UserType, number>;

/** A column expression that gives the words of a column of codes. */
export const decoded = (column: string, codes: Readonly<Record<string, number>>): string =>
  `CASE ${column} ${Object.entries(codes)
    .map(([word, code]) => `WHEN ${code} THEN '${word}'`)
    .join(' ')} END`;

/** Conditions on a row's state. The partial indexes need them in these words. */
export const isActive = `state = ${stateCodes.ACTIVE}`;
export const isExpired = `state = ${stateCodes.EXPIRED}`;

/** A value of a UUID as 16 bytes, and a column expression that gives its text. */
export const uuidBytes = "unhex(?, '-')";
export const uuidText = (column: string): string => {
  const part = (from: number, length: number) => `substr(hex(${column}), ${from}, ${length})`;
  return `lower(${[part(1, 8), part(9, 4), part(13, 4), part(17, 4), part(21, 12)].join(" || '-' || ")})`;
};
