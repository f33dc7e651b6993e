import type { UserClaims } from '../../../../preload/contract/userClaims.ts';

/** The claims of a new user. */
export const noClaims: UserClaims = {
  givenName: '',
  familyName: '',
  email: '',
  phone: '',
  groups: [],
  otherClaims: {},
};

export interface UserRow {
  readonly id: number;
  /** A UUID that backups keep, for `sub`. */
  readonly uuid: string;
  /** As typed, without store and tenant. */
  readonly name: string;
  /** Upper case; `PRIMARY` unless named. */
  readonly userStore: string;
  /** Lower case; `carbon.super` unless named. */
  readonly tenantDomain: string;
  readonly roles: readonly string[];
  readonly claims: UserClaims;
  readonly enabled: boolean;
  readonly hasPassword: boolean;
  readonly createdAtMs: number;
  /** A deleted user keeps a row without a password, because tokens refer to it. */
  readonly deletedAtMs: number | null;
}

export interface UserStore {
  /** Living users. */
  list(): readonly UserRow[];
  /** Includes deleted ones. */
  byId(id: number): UserRow | undefined;
  /** Living ones only; compares names in lower case. */
  byName(name: string, userStore: string, tenantDomain: string): UserRow | undefined;
  /** Without claims. With `deletedAtMs` the row starts as deleted, until an import finishes. */
  insert(
    row: Omit<UserRow, 'id' | 'claims' | 'hasPassword' | 'deletedAtMs'> & { readonly deletedAtMs?: number | null },
    password: string | null,
  ): UserRow;
  /** A deletion (`deletedAtMs` set) erases password and claims. */
  update(row: UserRow): void;
  setPassword(id: number, password: string): void;
  /** A text that changes with the password; undefined without one. It tells nothing about the password. */
  passwordMark(id: number): string | undefined;
  revealPassword(id: number): string | undefined;
  /** Constant time; false without a password. */
  passwordMatches(id: number, password: string): boolean;
}
