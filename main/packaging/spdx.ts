/** Licences of work that a program under the MIT licence may ship, as long as their texts come along. */
const fit: ReadonlySet<string> = new Set([
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
 * Whether a package under this licence may be shipped: an SPDX expression, as package.json has it. What is not known counts as
 * unfit. Of nested alternatives it may refuse some that would do, and lets none pass that does not.
 */
export const mayShip = (expression: string): boolean =>
  expression.split(' AND ').every((part) => names(part, ' OR ').some((name) => fit.has(name)));
