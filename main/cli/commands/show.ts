import { styleText } from 'node:util';
import type { OutputOf } from '../../../preload/contract/define.ts';
import type { MethodName, MethodOf } from '../../../preload/contract/index.ts';
import { visible } from '../../system/visible.ts';
import { doctorList } from '../methods/doctor.ts';
import { type ListView, lists, listViewOf } from '../methods/lists.ts';
import { outcomeOf } from '../methods/outcomes.ts';
import { kebab } from '../text/kebab.ts';
import { leastWidth, pairs, table } from '../text/table.ts';
import { label, type Now, pointInTime, say } from '../text/values.ts';

/** What goes to stdout, and what is said beside it on stderr. */
export interface Shown {
  readonly out: string;
  readonly notes: readonly string[];
}

export interface ShowOptions {
  readonly now: Now;
  /** Columns of the terminal; without one, nothing is left out or cut. */
  readonly room?: number | undefined;
  /** What the call was given. */
  readonly input?: Readonly<Record<string, unknown>>;
}

export type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reasons are data for programs; people get them as sentences beside. */
const forPrograms = new Set(['reason']);

/** What says nothing: an ACTIVE token has no state id, and most tokens no binding. */
const isEmpty = (name: string, value: unknown): boolean =>
  value === undefined || ((name === 'stateId' || name === 'bindingRef') && value === 'NONE');

function flat(row: Row, now: Now, prefix = ''): (readonly [string, string])[] {
  return Object.entries(row)
    .filter(([name, value]) => !isEmpty(name, value) && !forPrograms.has(name))
    .flatMap(([name, value]) =>
      isRow(value)
        ? flat(value, now, `${prefix}${label(name)} `)
        : [[`${prefix}${label(name)}`, say(name, value, now)] as const],
    );
}

/** Scopes that may be cut: first those that tell tokens apart. */
const tellingFirst = (scopes: string): string => {
  const rank = (scope: string) => (scope.startsWith('device_') ? 0 : 1);
  return scopes
    .split(' ')
    .sort((one, other) => rank(one) - rank(other))
    .join(' ');
};

/** Whether a call asked for one value of a column. A scope is among others, so its column still tells something. */
const isFilteredBy = (name: string, input: Row): boolean => {
  const given = input[name] ?? (name === 'user' ? input.username : undefined);
  return name !== 'scope' && given !== undefined && !Array.isArray(given);
};

type View = Pick<ListView<Row>, 'columns' | 'text' | 'optional'>;

/** Text narrower than this tells too little, so optional columns go first. */
const readable = 20;

/**
 * Rows as a table. On a terminal, columns go that the call was filtered by; then, until it fits, those that say the same in
 * all rows and the optional ones. Where even cut text does not fit, each row is a block of lines.
 */
function rowsOf(view: View, items: readonly Row[], { now, room, input = {} }: ShowOptions): Shown {
  const onTerminal = room !== undefined;
  const cells = (names: readonly string[]) =>
    items.map((item) =>
      names.map((name) => {
        const said = say(name, item[name], now, onTerminal);
        return name === 'scope' && onTerminal ? tellingFirst(said) : said;
      }),
    );
  const columns = (names: readonly string[]) =>
    names.map((name) => ({ heading: label(name), text: view.text.includes(name) }));
  const print = (names: readonly string[]) => table(columns(names), cells(names), room);
  if (!onTerminal) return { out: print(view.columns), notes: [] };

  let names = view.columns.filter((name) => !isFilteredBy(name, input));
  const isTooWide = () => leastWidth(columns(names), cells(names), readable) > room;
  const isConstant = (name: string) =>
    items.length > 1 && !name.endsWith('Ms') && new Set(items.map((item) => say(name, item[name], now))).size === 1;
  const same: string[] = [];
  const byWorth = [...view.optional, ...names.filter((name) => !view.optional.includes(name))];
  for (const name of byWorth.filter((one) => names.includes(one) && isConstant(one))) {
    if (!isTooWide()) break;
    names = names.filter((one) => one !== name);
    same.push(`${label(name)} ${say(name, items[0]?.[name], now)}`);
  }
  const hidden: string[] = [];
  for (const name of view.optional) {
    if (!isTooWide()) break;
    if (!names.includes(name)) continue;
    names = names.filter((one) => one !== name);
    hidden.push(label(name));
  }
  const notes = same.length > 0 ? [`The same in all rows: ${same.join(', ')}.`] : [];
  if (hidden.length > 0) notes.push(`Hidden on this narrow terminal: ${hidden.join(', ')}.`);
  if (leastWidth(columns(names), cells(names)) <= room) return { out: print(names), notes };
  const blocks = items.map((item) =>
    pairs(view.columns.map((name) => [label(name), say(name, item[name], now, true)])),
  );
  return { out: blocks.join('\n\n'), notes: [] };
}

interface List {
  readonly items: readonly Row[];
  readonly nextCursor?: number;
}

const moreAfter = (nextCursor: number | undefined): string[] =>
  nextCursor === undefined ? [] : [`There is more: add \`--cursor ${nextCursor}\`.`];

function showList(method: string, { items, nextCursor }: List, options: ShowOptions): Shown {
  const view = listViewOf(method);
  // A short page is not the end of a list.
  if (items.length === 0 && nextCursor === undefined) return { out: '', notes: [view?.empty ?? 'Nothing found.'] };
  const { out, notes } = rowsOf(view ?? { columns: [], text: [], optional: [] }, items, options);
  return { out, notes: [...notes, ...moreAfter(nextCursor)] };
}

function explain(output: OutputOf<MethodOf<'tokens.explain'>>, options: ShowOptions): Shown {
  const { now, room } = options;
  const lines = (text: string) => text.split('\n').map(visible).join('\n');
  const timeline = output.history.map(({ atMs, state, text }) => [
    say('atMs', atMs, now, room !== undefined),
    state,
    visible(text),
  ]);
  const headings = [{ heading: 'time' }, { heading: 'state' }, { heading: 'why', text: true }];
  const mates = { columns: ['id', 'state', 'issuedAtMs', 'expiresAtMs'], text: [], optional: [] };
  const others = output.tuple.filter(({ id }) => id !== output.token.id);
  const parts = [
    lines(output.text),
    `Timeline of token ${output.token.id}\n${table(headings, timeline, room)}`,
    ...(others.length > 0 ? [`Other tokens of the same tuple\n${rowsOf(mates, others, options).out}`] : []),
  ];
  return { out: parts.join('\n\n'), notes: [] };
}

function preview(output: OutputOf<MethodOf<'backup.preview'>>, options: ShowOptions): Shown {
  const differing = output.items.filter(({ state }) => state !== 'equal');
  const shown = showList('backup.preview', { items: differing }, options);
  const equal = output.items.length - differing.length;
  const made = `Created ${pointInTime(output.createdAtMs, options.now.realMs)} by Keyfob ${output.createdBy}`;
  const summary = `${made}: ${output.contents.applications} applications, ${output.contents.tokens} tokens; ${equal} items are the same here.`;
  return differing.length === 0 ? { out: '', notes: [summary] } : { out: shown.out, notes: [...shown.notes, summary] };
}

/** Methods whose output people see in a way of its own. */
const own: { readonly [N in MethodName]?: (output: OutputOf<MethodOf<N>>, options: ShowOptions) => Shown } = {
  'tokens.explain': explain,
  'backup.preview': preview,
  'doctor.run': ({ items }, { room }) => ({ out: doctorList(items, room), notes: [] }),
  'settings.read': (output, { now }) => ({ out: settings(output, now), notes: [] }),
  'tokens.export': ({ csv, nextCursor }) => ({ out: csv.trimEnd(), notes: moreAfter(nextCursor) }),
  'snippets.render': ({ text, notes }) => ({ out: text, notes }),
  'endpoint.exportCa': ({ pem, fingerprintSha256, endsAtMs, caFile }, { now }) => ({
    out: pem.trimEnd(),
    notes: [
      `SHA-256 ${fingerprintSha256}, expires ${pointInTime(endsAtMs, now.realMs)}; also in ${caFile}.`,
      'How to trust it: `keyfob endpoint trust`',
    ],
  }),
};

/** Settings by the flags that change them. */
const settings = (output: Row, now: Now): string =>
  pairs(Object.entries(output).map(([name, value]) => [kebab(name), say(name, value, now)]));

const isShownOnce = (value: unknown): boolean =>
  isRow(value) && value.persistence === 'hashed' && 'accessToken' in value;

/** What to know of values that are kept as hashes only. */
function notKept(output: unknown): string[] {
  if (!isRow(output)) return [];
  const items = Array.isArray(output.items) ? output.items : [];
  if ([output, output.token, ...items].some(isShownOnce)) {
    return ['Only hashes are kept: these values are shown only once, so copy them now.'];
  }
  if (Array.isArray(output.notKept) && output.notKept.length > 0) {
    return [`Kept as hashes only, and shown only when they were issued: ${output.notKept.join(', ')}.`];
  }
  if (output.tokenPersistence === 'hashed') {
    return ['Tokens are kept as hashes only: live ones stay valid, but nobody can see their values again.'];
  }
  const leftOut = Number(output.leftOut ?? 0);
  return leftOut > 0 ? [`Left out: ${leftOut} tokens kept as hashes only, which are useless elsewhere.`] : [];
}

/** An output as people read it. */
export function show(method: MethodName, output: unknown, options: ShowOptions): Shown {
  const { out, notes } = showPlainly(method, output, options);
  return { out, notes: [...notes, ...notKept(output)] };
}

function showPlainly(method: MethodName, output: unknown, options: ShowOptions): Shown {
  const special = own[method] as ((output: unknown, options: ShowOptions) => Shown) | undefined;
  if (special !== undefined) return special(output, options);
  const outcome = outcomeOf(method, output, options.input ?? {});
  if (outcome !== undefined) {
    const values =
      method === 'settings.write' ? settings(outcome.values, options.now) : pairs(flat(outcome.values, options.now));
    const done = `${styleText('green', '✓')} ${visible(outcome.done)}`;
    return {
      out: [done, values].filter((text) => text !== '').join('\n'),
      notes: outcome.next.map((step) => `Next: ${step}`),
    };
  }
  if (!isRow(output)) return { out: visible(String(output)), notes: [] };
  if (method in lists) return showList(method, output as unknown as List, options);
  return { out: pairs(flat(output, options.now)), notes: [] };
}
