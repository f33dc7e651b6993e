/** One line of the table. `reached` and `raw` hold one entry per store, or one alone. */
export interface Line {
  readonly row: number;
  readonly figure: string;
  readonly goal: Goal;
  readonly reached: readonly number[];
  /** Requests per second, or whatever the ratio was made of; with CPU per request next to the floor's. */
  readonly raw: string;
  readonly cpu: string;
}

export interface Goal {
  readonly bound: 'atLeast' | 'atMost';
  readonly value: number;
  readonly stretch?: number;
  /** What the number is of, like `× floor` or `MiB`. */
  readonly unit: string;
}

export type Verdict = 'stretch' | 'reached' | 'missed';

/** By the worst of the stores. */
export function verdict({ goal, reached }: Line): Verdict {
  const meets = (limit: number) =>
    reached.length > 0 && reached.every((value) => (goal.bound === 'atLeast' ? value >= limit : value <= limit));
  if (goal.stretch !== undefined && meets(goal.stretch)) return 'stretch';
  return meets(goal.value) ? 'reached' : 'missed';
}

const titles = ['#', 'figure', 'goal (stretch)', 'reached', 'verdict', 'req/s', 'CPU µs/request'];

function cells(line: Line): readonly string[] {
  const { bound, value, stretch, unit } = line.goal;
  return [
    String(line.row),
    line.figure,
    `${bound === 'atLeast' ? '≥' : '≤'} ${value} ${unit}${stretch === undefined ? '' : ` (${stretch})`}`,
    line.reached.map((number) => (unit === 'MiB' ? number.toFixed(1) : number.toFixed(2))).join(' · '),
    verdict(line),
    line.raw,
    line.cpu,
  ];
}

/** The titles, then the rows. The last two columns mean little on another machine. */
export type Table = readonly (readonly string[])[];

export const tableOf = (lines: readonly Line[]): Table => [titles, ...lines.map(cells)];

/** For a terminal: columns aligned. */
export function asText(table: Table): string {
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** For docs/speed.md: without the columns that mean little on another machine. */
export function asMarkdown([first = [], ...rows]: Table): string {
  return [first, first.map(() => '---'), ...rows].map((row) => `| ${row.slice(0, -2).join(' | ')} |`).join('\n');
}
