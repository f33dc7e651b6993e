import { styleText } from 'node:util';

const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/u;
const narrowest = 12;

/** Columns that a text takes on a terminal. */
export function width(text: string): number {
  let columns = 0;
  for (const letter of text) columns += /\p{M}|\p{Cf}/u.test(letter) ? 0 : wide.test(letter) ? 2 : 1;
  return columns;
}

const pad = (text: string, to: number) => text + ' '.repeat(Math.max(0, to - width(text)));

function cut(text: string, to: number): string {
  if (width(text) <= to) return text;
  let kept = '';
  for (const letter of text) {
    if (width(kept + letter) > to - 1) break;
    kept += letter;
  }
  return `${kept}…`;
}

/** Takes from the widest column, again and again, until the row fits or all are narrow. */
function narrowed(widths: number[], room: number): number[] {
  const fitted = [...widths];
  for (;;) {
    const over = fitted.reduce((sum, one) => sum + one + 2, -2) - room;
    const widest = Math.max(...fitted);
    if (over <= 0 || widest <= narrowest) return fitted;
    fitted[fitted.indexOf(widest)] = Math.max(narrowest, widest - over);
  }
}

/** Rows under their headings, aligned. On a terminal of `room` columns, wide cells are cut to fit. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[], room?: number): string {
  const natural = headings.map((heading, column) =>
    Math.max(width(heading), ...rows.map((row) => width(row[column] ?? ''))),
  );
  const widths = room === undefined ? natural : narrowed(natural, room);
  const lineOf = (cells: readonly string[]) =>
    cells
      .map((cell, column) => pad(cut(cell, widths[column] ?? 0), widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [styleText('bold', lineOf(headings)), ...rows.map(lineOf)].join('\n');
}

/** Names and values, one pair a line, the values aligned. */
export function pairs(entries: readonly (readonly [string, string])[]): string {
  const widest = Math.max(0, ...entries.map(([name]) => width(name)));
  return entries.map(([name, value]) => `${styleText('dim', pad(name, widest))}  ${value}`).join('\n');
}
