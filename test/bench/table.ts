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

/** For a terminal: columns aligned. */
export function asText(lines: readonly Line[]): string {
  const rows = [titles, ...lines.map(cells)];
  const widths = titles.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** For docs/speed.md: without the columns that mean little on another machine. */
export function asMarkdown(lines: readonly Line[]): string {
  const rows = [titles, titles.map(() => '---'), ...lines.map(cells)];
  return rows.map((row) => `| ${row.slice(0, 5).join(' | ')} |`).join('\n');
}
