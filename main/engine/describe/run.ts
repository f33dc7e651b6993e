import type { DescribedChange } from '../../../preload/contract/describe.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Handlers } from '../../../preload/contract/index.ts';
import { sortedJson } from '../backup/items.ts';
import type { Ports } from '../ports/ports.ts';
import type { Description } from './read.ts';

/** The methods that write what a file describes, so that it obeys the same rules. */
export type Methods = Pick<
  Handlers,
  'applications' | 'apis' | 'scopes' | 'tiers' | 'users' | 'subscriptions' | 'devices' | 'deviceSets' | 'tokens'
>;

/** One run of an apply, in one transaction. */
export interface Run {
  readonly ports: Ports;
  readonly methods: Methods;
  readonly description: Description;
  readonly changes: DescribedChange[];
  unchanged: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** Lists of names are sets: their order is no difference. */
const comparable = (value: unknown): string =>
  sortedJson(
    Array.isArray(value) && value.every((one) => typeof one === 'string') ? [...new Set(value)].sort() : value,
  );

/** The fields whose given value differs from the current one. A field that is not given does not differ. */
export const differing = (given: Fields, current: Fields): Fields =>
  Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) => value !== undefined && comparable(value) !== comparable(current[name]),
    ),
  );

const longestShown = 60;

const shown = (value: unknown): string | undefined => {
  const text = JSON.stringify(value);
  return text !== undefined && text.length <= longestShown ? text : undefined;
};

/** `tier "Unlimited" → "Gold"` for each field that differs; of long values only the name. */
export const wordsOf = (changed: Fields, current: Fields): string =>
  Object.entries(changed)
    .map(([name, value]) => {
      const [before, after] = [shown(current[name]), shown(value)];
      return before === undefined || after === undefined ? `other ${name}` : `${name} ${before} → ${after}`;
    })
    .join(', ');

export const noteChange = ({ changes }: Run, action: DescribedChange['action'], item: string, why = ''): void => {
  changes.push({ action, item, why });
};

/** Creates an item, or changes the fields that differ, and notes which. */
export const upsert = (
  run: Run,
  item: string,
  given: Fields,
  current: Fields | undefined,
  write: { readonly create: () => void; readonly change: (changed: Fields) => void },
): void => {
  if (current === undefined) {
    write.create();
    noteChange(run, 'create', item);
    return;
  }
  const changed = differing(given, current);
  if (Object.keys(changed).length === 0) {
    run.unchanged += 1;
    return;
  }
  write.change(changed);
  noteChange(run, 'change', item, wordsOf(changed, current));
};

/** Adds line, column and item to the error of an item. */
export const at = (run: Run, path: readonly PropertyKey[], item: string, work: () => void): void => {
  try {
    work();
  } catch (error) {
    if (!(error instanceof KeyfobError)) throw error;
    const message = `${run.description.placeOf(path)}${item}: ${error.message}`;
    throw new KeyfobError(error.code, message, error.details, { cause: error });
  }
};
