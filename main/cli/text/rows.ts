import { visible } from '../../system/visible.ts';
import { leastWidth, pairs, table } from './table.ts';
import { label, type Now, say } from './values.ts';

export type Row = Readonly<Record<string, unknown>>;

/** Text for stdout, and notes about it for stderr. */
export interface Shown {
  readonly out: string;
  readonly notes: readonly string[];
}

export interface ShowOptions {
  readonly now: Now;
  /** Columns of the terminal. `undefined`: no terminal, so nothing is hidden or cut. */
  readonly room?: number | undefined;
  /** The input of the call. */
  readonly input?: Row;
}

/** How people see a list. Columns that are neither text nor optional hold ids, keys, names or times: they are never cut. */
export interface ListView<Item> {
  readonly columns: readonly (keyof Item & string)[];
  /** Columns of free text. A narrow terminal cuts them; the last column wraps instead. */
  readonly text: readonly (keyof Item & string)[];
  /** Columns that a narrow terminal hides, the least important first. */
  readonly optional: readonly (keyof Item & string)[];
}

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Data for programs. People read the same as a sentence in another field. */
const forPrograms = new Set(['reason']);

/** An ACTIVE token has no state id and most tokens have no binding, so `NONE` is no information. */
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

/** One object as pairs of label and value, nested objects included. */
export const fieldsText = (row: Row, now: Now): string => pairs(flat(row, now));

/** A text of several lines, with visible control characters. */
export const linesText = (text: string): string => text.split('\n').map(visible).join('\n');

/** Puts device scopes first, because even a cut cell must distinguish tokens. */
const deviceScopesFirst = (scopes: string): string => {
  const rank = (scope: string) => (scope.startsWith('device_') ? 0 : 1);
  return scopes
    .split(' ')
    .sort((one, other) => rank(one) - rank(other))
    .join(' ');
};

/** Whether the call filtered by one value of a column. Tokens have several scopes, so their column is still useful. */
const isFilteredBy = (name: string, input: Row): boolean => {
  const given = input[name] ?? (name === 'user' ? input.username : undefined);
  return name !== 'scope' && given !== undefined && !Array.isArray(given);
};

/** Narrower text is hard to read, so optional columns are hidden first. */
const readable = 20;

type View = ListView<Row>;

interface Fit {
  readonly names: readonly string[];
  readonly notes: readonly string[];
}

/** Hides columns until the table fits: first those with one value in all rows, then the optional ones. */
function fitColumns(
  { columns, optional }: View,
  items: readonly Row[],
  { now, input = {} }: ShowOptions,
  fits: (names: readonly string[]) => boolean,
): Fit {
  let names = columns.filter((name) => !isFilteredBy(name, input));
  const isConstant = (name: string) =>
    items.length > 1 && !name.endsWith('Ms') && new Set(items.map((item) => say(name, item[name], now))).size === 1;
  const hide = (candidates: readonly string[], hidden: (name: string) => void) => {
    for (const name of candidates) {
      if (fits(names)) return;
      if (!names.includes(name)) continue;
      names = names.filter((one) => one !== name);
      hidden(name);
    }
  };
  const same: string[] = [];
  const leastImportantFirst = [...optional, ...names.filter((name) => !optional.includes(name))];
  hide(leastImportantFirst.filter(isConstant), (name) => {
    same.push(`${label(name)} ${say(name, items[0]?.[name], now)}`);
  });
  const hidden: string[] = [];
  hide(optional, (name) => hidden.push(label(name)));
  const notes = same.length > 0 ? [`The same in all rows: ${same.join(', ')}.`] : [];
  if (hidden.length > 0) notes.push(`Hidden on this narrow terminal: ${hidden.join(', ')}.`);
  return { names, notes };
}

/**
 * Rows as a table. A terminal hides columns that the call filtered by, and others until the table fits. If even cut text does not
 * fit, each row becomes a block of lines.
 */
export function rowsText(view: View, items: readonly Row[], options: ShowOptions): Shown {
  const { now, room } = options;
  const cells = (names: readonly string[]) =>
    items.map((item) =>
      names.map((name) => {
        const said = say(name, item[name], now, room !== undefined);
        return name === 'scope' && room !== undefined ? deviceScopesFirst(said) : said;
      }),
    );
  const columns = (names: readonly string[]) =>
    names.map((name) => ({ heading: label(name), text: view.text.includes(name) }));
  if (room === undefined) return { out: table(columns(view.columns), cells(view.columns)), notes: [] };

  const { names, notes } = fitColumns(
    view,
    items,
    options,
    (shown) => leastWidth(columns(shown), cells(shown), readable) <= room,
  );
  if (leastWidth(columns(names), cells(names)) <= room)
    return { out: table(columns(names), cells(names), room), notes };
  const blocks = items.map((item) =>
    pairs(view.columns.map((name) => [label(name), say(name, item[name], now, true)])),
  );
  return { out: blocks.join('\n\n'), notes: [] };
}

/** The note below a page of a list that has more. */
export const moreAfter = (nextCursor: number | undefined): string[] =>
  nextCursor === undefined ? [] : [`There is more: add \`--cursor ${nextCursor}\`.`];
