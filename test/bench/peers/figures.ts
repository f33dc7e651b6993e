import { median } from '../statistics.ts';
import type { Table } from '../table.ts';
import type { Run } from '../wrk.ts';
import type { PeerFigures, PeerLoad } from './measure.ts';

const titles = [
  'server',
  'tokens',
  '1: new token',
  '4: introspection',
  '6: issue then revoke',
  '8: p99 of a new token',
  'CPU of a new token',
  'req/s',
  'CPU µs/request',
];

const none = '-';
const rate = (run: Run) => run.requestsPerSecond;
const cpu = (run: Run) => run.serverCpuUsPerRequest;

/** The table of peers: ratios to the floor, made within each round first. The last two columns are of row 1. */
export function tableOfPeers({ servers, rounds }: PeerFigures): Table {
  const rows = servers.map(({ name, keeps }, at) => {
    const middle = (load: PeerLoad, figure: (run: Run, floor: Run) => number, digits: number) => {
      const values = rounds.flatMap((round) => {
        const { floor, runs } = round[load];
        const run = runs[at];
        return run === undefined ? [] : [figure(run, floor)];
      });
      return values.length === 0 ? none : median(values).toFixed(digits);
    };
    const ratio = (load: PeerLoad) => middle(load, (run, floor) => rate(run) / rate(floor), 2);
    const ofFloor = (figure: (run: Run) => number) =>
      `${middle('issue', figure, 0)} of ${middle('issue', (_, floor) => figure(floor), 0)}`;
    return [
      name,
      keeps,
      ratio('issue'),
      ratio('recent'),
      ratio('revoke'),
      middle('issue', (run, floor) => run.p99Ms / floor.p99Ms, 1),
      middle('issue', (run, floor) => cpu(run) / cpu(floor), 1),
      ofFloor(rate),
      ofFloor(cpu),
    ];
  });
  return [titles, ...rows];
}
