import { styleText } from 'node:util';

const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/u;
const gap = 2;
/** Free text is never cut below `narrowest` columns, and never wrapped below `narrowestWrapped`. */
const narrowest = 12;
const narrowestWrapped = 24;

export interface Column {
  readonly heading: string;
  /** Free text can be cut, or wrapped in the last column. Other cells are never cut. */
  readonly text?: boolean;
}

/** The columns of a text on a terminal. */
export function width(text: string): number {
  let columns = 0;
  for (const letter of text) columns += /\p{M}|\p{Cf}/u.test(letter) ? 0 : wide.test(letter) ? 2 : 1;
  return columns;
}

const pad = (text: string, to: number) => text + ' '.repeat(Math.max(0, to - width(text)));

/** The longest start of a text that fits. */
function startOf(text: string, to: number): string {
  let kept = '';
  for (const letter of text) {
    if (width(kept + letter) > to) break;
    kept += letter;
  }
  return kept;
}

const cut = (text: string, to: number): string => (width(text) <= to ? text : `${startOf(text, to - 1)}…`);

/** A text in lines of at most `to` columns, broken between words if possible. */
export function wrapped(text: string, to: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (width(rest) > to) {
    const start = startOf(rest, to);
    const space = rest[start.length] === ' ' ? start.length : start.lastIndexOf(' ');
    const end = space > 0 ? space : Math.max(1, start.length);
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}

const naturalWidths = (columns: readonly Column[], rows: readonly (readonly string[])[]): number[] =>
  columns.map(({ heading }, at) => Math.max(width(heading), ...rows.map((row) => width(row[at] ?? ''))));

const floorOf = ({ text, heading }: Column, natural: number, isLast: boolean, least: number): number =>
  text === true ? Math.min(natural, Math.max(width(heading), isLast ? narrowestWrapped : least)) : natural;

/** The width of a table whose free text is cut to `least` columns. */
export function leastWidth(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  least = narrowest,
): number {
  const natural = naturalWidths(columns, rows);
  return columns.reduce((sum, column, at) => {
    return sum + gap + floorOf(column, natural[at] ?? 0, at === columns.length - 1, least);
  }, -gap);
}

/** Shrinks the widest text column until the row fits, or until every text has its smallest width. */
function fittedWidths(columns: readonly Column[], natural: readonly number[], room: number): number[] {
  const fitted = [...natural];
  const floors = columns.map((column, at) => floorOf(column, natural[at] ?? 0, at === columns.length - 1, narrowest));
  for (;;) {
    const over = fitted.reduce((sum, one) => sum + one + gap, -gap) - room;
    const spare = fitted.map((one, at) => one - (floors[at] ?? 0));
    const [at] = [...spare.keys()]
      .filter((index) => (spare[index] ?? 0) > 0)
      .sort((a, b) => (fitted[b] ?? 0) - (fitted[a] ?? 0));
    if (over <= 0 || at === undefined) return fitted;
    fitted[at] = (fitted[at] ?? 0) - Math.min(over, spare[at] ?? 0);
  }
}

/** Aligned rows below their headings. A terminal of `room` columns cuts text, and wraps it in the last column. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], room?: number): string {
  const natural = naturalWidths(columns, rows);
  const widths = room === undefined ? natural : fittedWidths(columns, natural, room);
  const last = columns.length - 1;
  const indent = widths.slice(0, last).reduce((sum, one) => sum + one + gap, 0);
  const linesOf = (cells: readonly string[]) => {
    const [first = '', ...more] = wrapped(cells[last] ?? '', widths[last] ?? 0);
    const before = cells
      .slice(0, last)
      .map((cell, at) => pad(cut(cell, widths[at] ?? 0), widths[at] ?? 0) + ' '.repeat(gap));
    return [`${before.join('')}${first}`.trimEnd(), ...more.map((line) => ' '.repeat(indent) + line)];
  };
  const heading = linesOf(columns.map((column) => column.heading)).join('\n');
  return [styleText('bold', heading), ...rows.flatMap(linesOf)].join('\n');
}

/** Names and values, one pair per line, with aligned values. */
export function pairs(entries: readonly (readonly [string, string])[]): string {
  const widest = Math.max(0, ...entries.map(([name]) => width(name)));
  return entries.map(([name, value]) => `${styleText('dim', pad(name, widest))}  ${value}`).join('\n');
}
