import type { MethodName } from '../../../preload/contract/index.ts';
import { visible } from '../../system/visible.ts';
import { traitsOf } from '../methods/methodTraits.ts';
import type { Traits } from '../methods/traits.ts';
import { success } from '../output/report.ts';
import { fieldsText, isRow, moreAfter, type Row, rowsText, type Shown, type ShowOptions } from '../text/rows.ts';

interface Page {
  readonly items: readonly Row[];
  readonly nextCursor?: number;
}

function showList(list: NonNullable<Traits<unknown>['list']>, page: Page, options: ShowOptions): Shown {
  const { items, nextCursor } = page;
  // A page can be empty although the list has more.
  if (items.length === 0 && nextCursor === undefined) return { out: '', notes: [list.empty] };
  const { out, notes } = rowsText(list, items, options);
  return { out, notes: [...notes, ...moreAfter(nextCursor)] };
}

function showResult(result: NonNullable<Traits<unknown>['result']>, output: unknown, options: ShowOptions): Shown {
  const { done, values = {}, next } = result(output, options.input ?? {});
  const lines = [success(done), fieldsText(values, options.now)];
  return {
    out: lines.filter((text) => text !== '').join('\n'),
    notes: next === undefined ? [] : [`Next: ${next}`],
  };
}

function showByTraits(method: MethodName, output: unknown, options: ShowOptions): Shown {
  const { show, result, list } = traitsOf(method);
  if (show !== undefined) return show(output, options);
  if (result !== undefined) return showResult(result, output, options);
  // Every method with this trait returns a page.
  if (list !== undefined) return showList(list, output as Page, options);
  return { out: isRow(output) ? fieldsText(output, options.now) : visible(String(output)), notes: [] };
}

const isShownOnce = (value: unknown): boolean =>
  isRow(value) && value.persistence === 'hashed' && 'accessToken' in value;

/** Notes about values that are stored as hashes only. */
function hashNotes(output: unknown): string[] {
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

/** An output as people read it, by the traits of its method. */
export function show(method: MethodName, output: unknown, options: ShowOptions): Shown {
  const { out, notes } = showByTraits(method, output, options);
  return { out, notes: [...notes, ...hashNotes(output)] };
}
