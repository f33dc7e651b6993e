import type { InputOf } from '../../../preload/contract/define.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { LoggedRequest } from '../../../preload/contract/requests.ts';
import { visible } from '../../system/visible.ts';
import { type ControlClient, connectControl, OwnerGone } from '../../transport/client.ts';
import { note } from '../output/report.ts';
import type { FollowFlags } from '../program/actions.ts';
import type { Parts } from '../session/parts.ts';
import { timeOfDay } from '../text/values.ts';

const pageSize = 1000;

/** Columns of one width each, as the next rows are not known. The last one has no width. */
const columns: readonly (readonly [
  heading: string,
  width: number,
  (row: LoggedRequest) => string | number | undefined,
])[] = [
  ['time', 8, ({ atMs }) => timeOfDay(new Date(atMs))],
  ['status', 6, ({ status }) => status],
  ['method', 7, ({ method }) => method],
  ['path', 28, ({ path }) => path],
  ['application', 14, ({ application, clientId }) => application ?? clientId],
  ['user', 10, ({ user }) => user],
  ['device', 10, ({ device }) => device],
  ['why', 0, ({ why, errorDescription, error }) => why ?? errorDescription ?? error],
];

const line = (cells: readonly (string | number | undefined)[]): string =>
  cells
    .map((cell, at) => visible(String(cell ?? '')).padEnd(columns[at]?.[1] ?? 0))
    .join('  ')
    .trimEnd();

type Filter = Omit<InputOf<MethodOf<'requests.list'>>, 'before' | 'after' | 'limit'>;

/** Gives the rows after a number, oldest first. */
async function rowsAfter(client: ControlClient, after: number, filter: Filter): Promise<LoggedRequest[]> {
  const rows: LoggedRequest[] = [];
  for (let before: number | undefined; ; before = rows.at(-1)?.sequence) {
    const { items } = await client.call('requests.list', { ...filter, after, before, limit: pageSize });
    rows.push(...items);
    if (items.length < pageSize) return rows.toReversed();
  }
}

/** Prints requests from now on, until the signal or the end of the process that serves. */
async function followRequests(client: ControlClient, flags: FollowFlags, signal: AbortSignal): Promise<void> {
  const { search, outcome, application, api, json = false } = flags;
  const filter = { search, outcome, application, api };
  const print = (text: string) => process.stdout.write(`${text}\n`);
  // Subscribed first: a request between the two would be missed the other way round.
  const events = await client.events(signal);

  const { items } = await client.call('requests.list', { limit: 1 });
  let last = items[0]?.sequence ?? 0;
  if (!json) print(line(columns.map(([heading]) => heading)));
  for await (const { name } of events) {
    if (name !== 'requests.added') continue;
    for (const row of await rowsAfter(client, last, filter)) {
      print(json ? JSON.stringify(row) : line(columns.map(([, , cell]) => cell(row))));
      last = row.sequence;
    }
  }
}

const notServed = (): KeyfobError =>
  new KeyfobError('conflict', 'No process serves this data folder. Run `keyfob serve`, then follow its requests.');

/** Prints each request to endpoint and gateway as it is answered, until Ctrl+C. Throws `conflict` where nothing is served. */
export async function follow(flags: FollowFlags, parts: Pick<Parts, 'folder'>): Promise<void> {
  const client = connectControl(await parts.folder(flags.home));
  if (client === undefined) throw notServed();
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  try {
    await followRequests(client, flags, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return;
    if (error instanceof OwnerGone) throw notServed();
    throw error;
  }
  if (!stop.signal.aborted) note('The process that served the data folder has ended.');
}
