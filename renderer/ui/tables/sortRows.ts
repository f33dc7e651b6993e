import type { Column, TableSort } from './tableColumns.ts';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Compares two values. A missing one counts as the smallest. */
function compare(one: string | number | undefined, other: string | number | undefined): number {
  if (typeof one === 'string' && typeof other === 'string') return collator.compare(one, other);
  return Number(one ?? Number.NEGATIVE_INFINITY) - Number(other ?? Number.NEGATIVE_INFINITY) || 0;
}

/** Gives loaded rows in the order of a column. Equal rows keep their order. Another column changes nothing. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: TableSort | undefined,
): readonly Row[] {
  const by = columns.find(({ key }) => key === sort?.column)?.sortBy;
  if (by === undefined || by === true) return rows;
  const sign = sort?.descending === true ? -1 : 1;
  return rows
    .map((row) => ({ row, value: by(row) }))
    .sort((one, other) => sign * compare(one.value, other.value))
    .map(({ row }) => row);
}
