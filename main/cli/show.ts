import type { OutputOf } from '../../preload/contract/define.ts';
import type { MethodName, MethodOf } from '../../preload/contract/index.ts';
import { lists, listViewOf } from './lists.ts';
import { pairs, table } from './table.ts';
import { label, type Now, pointInTime, say, visible } from './values.ts';

/** What goes to stdout, and what is said beside it on stderr. */
export interface Shown {
  readonly out: string;
  readonly notes: readonly string[];
}

export interface ShowOptions {
  readonly now: Now;
  /** Columns of the terminal; without one, nothing is cut. */
  readonly room?: number | undefined;
}

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reasons are data for programs; people get them as sentences beside. */
const forPrograms = new Set(['reason']);

function flat(row: Row, { now }: ShowOptions, prefix = ''): (readonly [string, string])[] {
  return Object.entries(row)
    .filter(([name, value]) => value !== undefined && !forPrograms.has(name))
    .flatMap(([name, value]) =>
      isRow(value)
        ? flat(value, { now }, `${prefix}${name}.`)
        : [[`${prefix}${label(name)}`, say(name, value, now)] as const],
    );
}

const rowsOf = (columns: readonly string[], items: readonly Row[], { now, room }: ShowOptions): string =>
  table(
    columns.map(label),
    items.map((item) => columns.map((column) => say(column, item[column], now))),
    room,
  );

interface List {
  readonly items: readonly Row[];
  readonly nextCursor?: number;
}

const moreAfter = (nextCursor: number | undefined): string[] =>
  nextCursor === undefined ? [] : [`There may be more: add \`--cursor ${nextCursor}\`.`];

function showList(method: string, { items, nextCursor }: List, options: ShowOptions): Shown {
  const view = listViewOf(method);
  // A short page is not the end of a list.
  if (items.length === 0 && nextCursor === undefined) return { out: '', notes: [view?.empty ?? 'Nothing found.'] };
  return { out: rowsOf(view?.columns ?? [], items, options), notes: moreAfter(nextCursor) };
}

function explain(output: OutputOf<MethodOf<'tokens.explain'>>, options: ShowOptions): Shown {
  const { now } = options;
  const lines = (text: string) => text.split('\n').map(visible).join('\n');
  const timeline = output.history.map(({ atMs, state, text }) => [
    pointInTime(atMs, now.tokenMs),
    state,
    visible(text),
  ]);
  const others = output.tuple.filter(({ id }) => id !== output.token.id);
  const parts = [
    lines(output.text),
    `Timeline of token ${output.token.id}\n${table(['at', 'state', 'why'], timeline)}`,
    ...(others.length > 0
      ? [`Other tokens of the same tuple\n${rowsOf(['id', 'state', 'issuedAtMs', 'expiresAtMs'], others, options)}`]
      : []),
  ];
  return { out: parts.join('\n\n'), notes: [] };
}

function withRecoveryKey(output: Row, options: ShowOptions): Shown {
  const confirm = '`keyfob vault confirmRecoveryKey --lastGroup <its last group>`';
  const note = `Save the recovery key now: it is shown only once. Then confirm that you have it: ${confirm}.`;
  return { out: pairs(flat(output, options)), notes: output.recoveryKey === '' ? [] : [note] };
}

function preview(output: OutputOf<MethodOf<'backup.preview'>>, options: ShowOptions): Shown {
  const differing = output.items.filter(({ state }) => state !== 'equal');
  const shown = showList('backup.preview', { items: differing }, options);
  const equal = output.items.length - differing.length;
  const made = `Made ${pointInTime(output.madeAtMs, options.now.realMs)} by Keyfob ${output.madeBy}`;
  const summary = `${made}: ${output.contents.applications} applications, ${output.contents.tokens} tokens; ${equal} items are equal here.`;
  return differing.length === 0 ? { out: '', notes: [summary] } : { out: shown.out, notes: [...shown.notes, summary] };
}

/** Methods whose output people see in a way of its own. */
const own: { readonly [N in MethodName]?: (output: OutputOf<MethodOf<N>>, options: ShowOptions) => Shown } = {
  'tokens.explain': explain,
  'backup.preview': preview,
  'vault.create': withRecoveryKey,
  'vault.newRecoveryKey': withRecoveryKey,
  'vault.rotateDataKey': withRecoveryKey,
  'tokens.export': ({ csv, nextCursor }) => ({ out: csv.trimEnd(), notes: moreAfter(nextCursor) }),
  'snippets.render': ({ text, notes }) => ({ out: text, notes }),
  'endpoint.exportCa': ({ pem, fingerprintSha256, endsAtMs, caFile }, { now }) => ({
    out: pem.trimEnd(),
    notes: [`SHA-256 ${fingerprintSha256}, ends ${pointInTime(endsAtMs, now.realMs)}; the same is in ${caFile}.`],
  }),
};

const isShownOnce = (value: unknown): boolean => isRow(value) && value.keptAs === 'hashed' && 'accessToken' in value;

/** What to know of values that are kept as hashes only. */
function notKept(output: unknown): string[] {
  if (!isRow(output)) return [];
  const items = Array.isArray(output.items) ? output.items : [];
  if ([output, output.token, ...items].some(isShownOnce)) {
    return ['Only hashes are kept: this is the one time that these values are shown, so copy them now.'];
  }
  if (Array.isArray(output.notKept) && output.notKept.length > 0) {
    return [`Kept as hashes only, and shown once when they were issued: ${output.notKept.join(', ')}.`];
  }
  if (output.tokenPersistence === 'hashed') {
    return ['Tokens are kept as hashes only: what is live stays valid, but nobody can see its value again.'];
  }
  const leftOut = Number(output.leftOut ?? 0);
  return leftOut > 0
    ? [`Left out, as only their hashes are kept, which mean nothing elsewhere: ${leftOut} tokens.`]
    : [];
}

/** An output as people read it. */
export function show(method: MethodName, output: unknown, options: ShowOptions): Shown {
  const { out, notes } = showPlainly(method, output, options);
  return { out, notes: [...notes, ...notKept(output)] };
}

function showPlainly(method: MethodName, output: unknown, options: ShowOptions): Shown {
  const special = own[method] as ((output: unknown, options: ShowOptions) => Shown) | undefined;
  if (special !== undefined) return special(output, options);
  if (!isRow(output)) return { out: visible(String(output)), notes: [] };
  if (method in lists) return showList(method, output as unknown as List, options);
  return { out: pairs(flat(output, options)), notes: [] };
}
