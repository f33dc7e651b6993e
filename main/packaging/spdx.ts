/** Licences that a program under the MIT licence may ship, with their texts. */
const allowed: ReadonlySet<string> = new Set([
  '0BSD',
  'AFL-2.1',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unicode-3.0',
  'Unlicense',
  'Zlib',
]);

const names = (expression: string, between: string): readonly string[] =>
  expression.split(between).map((name) =>
    name
      .replaceAll(/[()]/g, '')
      .replace(/ WITH .*/, '')
      .trim(),
  );

/**
 * Whether a package with this licence may be shipped. Takes the SPDX expression of package.json. Refuses unknown licences. May
 * refuse nested alternatives that would be allowed, but never allows a forbidden one.
 */
export const mayShip = (expression: string): boolean =>
  expression.split(' AND ').every((part) => names(part, ' OR ').some((name) => allowed.has(name)));
