import type { SearchWord, TokenFilter } from '../../engine/ports/store/tokenFilter.ts';
import { grantCodes, userTypeCodes } from './codes.ts';

/** A condition of a WHERE clause, with the values of its placeholders. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

const condition = (sql: string, ...values: readonly (string | number)[]): Condition => ({ sql, values });

const oneOf = (column: string, ids: readonly number[]): Condition =>
  condition(`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(ids));

export const ofKeySets = (ids: readonly number[]): Condition => oneOf('key_set_id', ids);

/** A condition on the scope text of a row. */
const scopeIs = (sql: string, ...values: readonly string[]): Condition =>
  condition(`EXISTS (SELECT 1 FROM scope_sets WHERE scope_sets.id = scope_set_id AND ${sql})`, ...values);

/** Scopes are sorted, so device scopes are adjacent. `oneDevice` is true for exactly one. */
const firstDevice = "instr(' ' || scope, ' device_')";
const oneDevice = `(${firstDevice} > 0 AND instr(substr(' ' || scope, ${firstDevice} + 1), ' device_') = 0)`;

const holding = ({ text, keySetIds, userIds }: SearchWord): Condition => {
  const alternatives = [
    scopeIs('instr(lower(scope), ?) > 0', text),
    ...(/^[1-9]\d{0,14}$/.test(text) ? [condition('id = ?', Number(text))] : []),
    ...(keySetIds.length > 0 ? [ofKeySets(keySetIds)] : []),
    ...(userIds.length > 0 ? [oneOf('user_id', userIds)] : []),
  ];
  return condition(
    `(${alternatives.map(({ sql }) => sql).join(' OR ')})`,
    ...alternatives.flatMap(({ values }) => values),
  );
};

/** The conditions of a filter on a row. Key sets, state and position are left out: they select the rows to scan. */
export const conditionsOf = (filter: TokenFilter): readonly Condition[] => {
  const { userId, userType, grantType, scopes, forDevice, expiresAfterMs, expiresUntilMs, neverExpires, words } =
    filter;
  return [
    userId !== undefined && condition('user_id = ?', userId),
    userType !== undefined && condition('for_user = ?', userTypeCodes[userType]),
    grantType !== undefined && condition('grant_type = ?', grantCodes[grantType]),
    ...(scopes ?? []).map((scope) => scopeIs("instr(' ' || scope || ' ', ' ' || ? || ' ') > 0", scope)),
    forDevice !== undefined && scopeIs(forDevice ? oneDevice : `NOT ${oneDevice}`),
    expiresAfterMs !== undefined && condition('(validity_ms < 0 OR issued_at_ms + validity_ms > ?)', expiresAfterMs),
    expiresUntilMs !== undefined && condition('(validity_ms >= 0 AND issued_at_ms + validity_ms <= ?)', expiresUntilMs),
    neverExpires === true && condition('validity_ms < 0'),
    ...(words ?? []).map(holding),
  ].filter((one) => one !== false);
};
