import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sortRows } from '../../../renderer/ui/tables/sortRows.ts';
import type { Column } from '../../../renderer/ui/tables/tableColumns.ts';

interface Row {
  readonly name: string;
  readonly usedAtMs?: number;
}

const column = (key: string, sortBy?: Column<Row>['sortBy']): Column<Row> => ({
  ...{ key, header: key, width: '1fr', cell: () => null },
  ...(sortBy !== undefined && { sortBy }),
});
const columns = [
  column('name', ({ name }) => name),
  column('used', ({ usedAtMs }) => usedAtMs),
  column('menu'),
  column('engine', true),
];
const rows: readonly Row[] = [
  { name: 'ipad10' },
  { name: 'Ägypten', usedAtMs: 2 },
  { name: 'ipad9', usedAtMs: 300 },
  { name: 'IPAD9', usedAtMs: 2 },
];
const names = (column: string, descending = false) =>
  sortRows(rows, columns, { column, descending }).map(({ name }) => name);

test('names sort as people expect: numbers by value, letters whatever their case', () => {
  assert.deepEqual(names('name'), ['Ägypten', 'ipad9', 'IPAD9', 'ipad10']);
  assert.deepEqual(names('name', true), ['ipad10', 'ipad9', 'IPAD9', 'Ägypten']);
});

test('equal rows keep their order, and a missing value counts as the smallest', () => {
  assert.deepEqual(names('used'), ['ipad10', 'Ägypten', 'IPAD9', 'ipad9']);
  assert.deepEqual(names('used', true), ['ipad9', 'Ägypten', 'IPAD9', 'ipad10']);
});

test('a column that is gone, cannot sort, or sorts elsewhere changes nothing', () => {
  for (const key of ['gone', 'menu', 'engine'])
    assert.equal(sortRows(rows, columns, { column: key, descending: true }), rows);
  assert.equal(sortRows(rows, columns, undefined), rows);
});
