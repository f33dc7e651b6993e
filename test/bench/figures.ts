import type { ColdStart } from './cold.ts';
import type { GatewayFigures } from './gateway/measure.ts';
import type { JwtFigures } from './jwts.ts';
import type { Growth } from './memory.ts';
import type { Cell, Round } from './rounds.ts';
import { median } from './statistics.ts';
import type { Goal, Line } from './table.ts';
import type { WindowTimes } from './window.ts';
import type { Run } from './wrk.ts';

const atLeast = (value: number, stretch: number, unit: string): Goal => ({ bound: 'atLeast', value, stretch, unit });
const atMost = (value: number, stretch: number, unit: string): Goal => ({ bound: 'atMost', value, stretch, unit });

const kilo = (number: number) => `${(number / 1000).toFixed(1)} k`;
const of = (cells: readonly Cell[], measure: (run: Run) => number) => {
  const count = cells[0]?.stores.length ?? 0;
  return {
    floor: median(cells.map(({ floor }) => measure(floor))),
    stores: Array.from({ length: count }, (_, at) => median(cells.map(({ stores }) => measureAt(stores, at, measure)))),
    /** Made within each round first, as rounds differ more than what is next to each other in one. */
    ratios: Array.from({ length: count }, (_, at) =>
      median(cells.map(({ floor, stores }) => measureAt(stores, at, measure) / measure(floor))),
    ),
  };
};
const measureAt = (runs: readonly Run[], at: number, measure: (run: Run) => number): number => {
  const run = runs[at];
  return run === undefined ? Number.NaN : measure(run);
};

const rate = (run: Run) => run.requestsPerSecond;
const cpu = (run: Run) => run.serverCpuUsPerRequest;
const p99 = (run: Run) => run.p99Ms;

/** A line of throughput; `last`: of the largest store alone. */
function throughput(row: number, figure: string, goal: Goal, cells: readonly Cell[], last = false): Line {
  const [rates, cpus] = [of(cells, rate), of(cells, cpu)];
  const chosen = (numbers: readonly number[]) => (last ? numbers.slice(-1) : numbers);
  return {
    row,
    figure,
    goal,
    reached: chosen(rates.ratios),
    raw: `${chosen(rates.stores).map(kilo).join(' · ')} of ${kilo(rates.floor)}`,
    cpu: `${chosen(cpus.stores).map(Math.round).join(' · ')} (floor ${Math.round(cpus.floor)})`,
  };
}

function latency(row: number, figure: string, goal: Goal, cells: readonly Cell[]): Line {
  const times = of(cells, p99);
  const ms = (time: number) => time.toFixed(1);
  return {
    row,
    figure,
    goal,
    reached: times.ratios,
    raw: `${times.stores.map(ms).join(' · ')} of ${ms(times.floor)} ms`,
    cpu: '',
  };
}

/** The largest store's rate against the smallest one's, made within each round. */
function growth(row: number, figure: string, goal: Goal, cells: readonly Cell[]): Line {
  const ends = cells.map(({ stores }) => ({
    small: measureAt(stores, 0, rate),
    large: measureAt(stores, -1 + stores.length, rate),
  }));
  return {
    row,
    figure,
    goal,
    reached: [median(ends.map(({ small, large }) => large / small))],
    raw: `${kilo(median(ends.map(({ large }) => large)))} of ${kilo(median(ends.map(({ small }) => small)))}`,
    cpu: '',
  };
}

/** Rows 1 to 9. */
export function linesOfRounds(rounds: readonly Round[], sizes: readonly string[]): readonly Line[] {
  const http = (name: keyof Round['http']) => rounds.map((round) => round.http[name]);
  const https = (name: keyof Round['https']) => rounds.map((round) => round.https[name]);
  const [smallest, largest] = [sizes[0], sizes.at(-1)];
  const floor = '× floor';
  return [
    throughput(1, 'issue a new token, on disk before the 200', atLeast(0.35, 0.45, floor), http('issue')),
    throughput(2, 'the same token handed back', atLeast(0.75, 0.9, floor), http('reuse')),
    throughput(3, 'password grant, new token per device scope', atLeast(0.28, 0.4, floor), http('devices')),
    throughput(4, 'introspection, recently seen tokens', atLeast(0.75, 0.85, floor), http('recent')),
    throughput(5, `introspection, any of ${largest} stored`, atLeast(0.4, 0.5, floor), http('any'), true),
    throughput(6, 'issue then revoke', atLeast(0.38, 0.47, floor), http('revoke')),
    growth(7, `issue, ${largest} stored against ${smallest}`, atLeast(0.9, 0.98, '×'), http('issue')),
    growth(7, `introspection of any, ${largest} stored against ${smallest}`, atLeast(0.8, 0.87, '×'), http('any')),
    latency(8, 'p99 of issue', atMost(2.5, 2, floor), http('issue')),
    latency(8, 'p99 of introspection', atMost(1.5, 1.1, floor), http('recent')),
    throughput(9, 'issue over HTTPS', atLeast(0.4, 0.5, floor), https('issue')),
    throughput(9, 'introspection over HTTPS', atLeast(0.75, 0.9, floor), https('recent')),
  ];
}

/** Row 10. */
export function linesOfColdStart(starts: readonly ColdStart[]): readonly Line[] {
  const all = (measure: (start: ColdStart) => number) => median(starts.map(measure));
  const ms = (time: number) => `${Math.round(time)} ms`;
  const goal = atMost(1.8, 1.4, '× floor');
  const unlock = all(({ unlockMs }) => unlockMs);
  return [
    {
      row: 10,
      figure: `cold start to the first token, 100 k stored, without the keychain's ${ms(unlock)}`,
      goal,
      reached: [all(({ keyfobMs, unlockMs, floorMs }) => (keyfobMs - unlockMs) / floorMs)],
      raw: `${ms(all(({ keyfobMs, unlockMs }) => keyfobMs - unlockMs))} of ${ms(all(({ floorMs }) => floorMs))}`,
      cpu: '',
    },
  ];
}

/** Rows 11 and 18. What stands at the end of each round, after the same loads, tells what more stored tokens cost. */
export function linesOfMemory(
  grown: readonly Growth[],
  rounds: readonly Round[],
  sizes: readonly string[],
): readonly Line[] {
  const mib = (number: number) => number.toFixed(1);
  const large = rounds.map(({ memory }) => memory.at(-1)?.rssMiB ?? Number.NaN);
  const small = rounds.map(({ memory }) => memory.at(-2)?.rssMiB ?? Number.NaN);
  return [
    {
      row: 11,
      figure: 'memory grown per 100 k tokens issued',
      goal: atMost(40, 20, 'MiB'),
      reached: grown.map(({ rssMiB }) => rssMiB),
      raw: `heap ${grown.map(({ heapMiB }) => mib(heapMiB)).join(' · ')} MiB`,
      cpu: '',
    },
    {
      row: 11,
      figure: `memory, ${sizes.at(-1)} stored more than ${sizes.at(-2)}`,
      goal: atMost(8, 2, 'MiB'),
      reached: [median(large.map((rss, at) => rss - (small[at] ?? Number.NaN)))],
      raw: `${mib(median(large))} against ${mib(median(small))} MiB`,
      cpu: '',
    },
    {
      row: 18,
      figure: 'bytes on disk per token issued and later retired',
      goal: atMost(260, 220, 'bytes'),
      reached: grown.map(({ bytesPerToken }) => bytesPerToken),
      raw: '',
      cpu: '',
    },
  ];
}

/** Rows 12 and 13: the median of the openings, and the worst one. */
export function linesOfWindow(times: readonly WindowTimes[]): readonly Line[] {
  const line = (row: number, figure: string, limitMs: number, measure: (time: WindowTimes) => number): Line => {
    const all = times.map(measure);
    return {
      row,
      figure,
      goal: { bound: 'atMost', value: limitMs, unit: 'ms' },
      reached: [Math.round(median(all))],
      raw: `worst ${Math.round(Math.max(...all))} ms`,
      cpu: '',
    };
  };
  return [
    line(12, 'mint 1 000 devices from the window', 1000, ({ mint }) => mint),
    line(12, 'longest block of the main process in it', 50, ({ mintBlock }) => mintBlock),
    line(13, 'table of 100 k tokens, first rows', 200, ({ firstRows }) => firstRows),
    line(13, 'the same in another order, the slowest one', 200, ({ sortedRows }) => sortedRows),
    line(13, 'longest block of the main process in it', 50, ({ sortBlock }) => sortBlock),
    line(13, 'longest frame while scrolling', 50, ({ scrollFrame }) => scrollFrame),
    line(13, 'longest frame while filtering', 50, ({ filterFrame }) => filterFrame),
  ];
}

/** Rows 14 to 16. */
export function linesOfGateway({ forwarded, refused, echo, grownMiB }: GatewayFigures): readonly Line[] {
  const [proxy, floor] = ['× bare proxy', '× floor'];
  return [
    throughput(14, 'gateway, 1 KiB, warm validation cache', atLeast(0.8, 0.9, proxy), forwarded.forwarded),
    throughput(14, 'gateway, 1 KiB, no validation cache', atLeast(0.7, 0.8, proxy), forwarded.cold),
    throughput(14, 'gateway, 1 KiB, over HTTPS', atLeast(0.8, 0.9, proxy), forwarded.https),
    throughput(14, 'gateway, the built-in echo', atLeast(0.8, 0.9, proxy), echo),
    throughput(15, 'refused: unknown token', atLeast(0.75, 0.85, floor), refused.unknown),
    throughput(15, 'refused: expired token', atLeast(0.75, 0.85, floor), refused.expired),
    throughput(15, 'refused: revoked token', atLeast(0.75, 0.85, floor), refused.revoked),
    throughput(15, 'refused: no subscription', atLeast(0.75, 0.85, floor), refused.notSubscribed),
    throughput(15, 'refused: throttled', atLeast(0.75, 0.85, floor), refused.throttled),
    throughput(16, 'gateway, 10 MiB down, 16 at once', atLeast(0.9, 0.95, proxy), forwarded.download),
    throughput(16, 'gateway, 10 MiB up, 16 at once', atLeast(0.9, 0.95, proxy), forwarded.upload),
    {
      row: 16,
      figure: 'memory grown by these bodies',
      goal: { bound: 'atMost', value: 32, unit: 'MiB' },
      reached: [grownMiB],
      raw: '',
      cpu: '',
    },
  ];
}

/** Row 17. The goal of RS256 is low: its signature alone takes ten times the floor. */
export function linesOfJwts({ es256, rs256, reuse }: JwtFigures): readonly Line[] {
  const goal = (value: number): Goal => ({ bound: 'atLeast', value, unit: '× floor' });
  return [
    throughput(17, 'JWT access token, new, ES256', goal(0.25), es256),
    throughput(17, 'JWT access token, new, RS256', goal(0.05), rs256),
    throughput(17, 'the same JWT handed back', goal(0.7), reuse),
  ];
}
