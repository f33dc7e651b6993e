import { styleText } from 'node:util';
import type { Finding } from '../../../preload/contract/doctor.ts';
import { visible } from '../../system/visible.ts';
import { width, wrapped } from '../text/table.ts';

const marks = {
  ok: ['✓', 'green'],
  warning: ['!', 'yellow'],
  problem: ['✗', 'red'],
} as const;

/** Findings as a list: a mark, what was checked and found, and the fix on lines of its own, whole on any terminal. */
export function doctorList(items: readonly Finding[], room = Number.POSITIVE_INFINITY): string {
  const widest = Math.max(0, ...items.map(({ check }) => width(check)));
  const indent = ' '.repeat(widest + 4);
  const lines = items.flatMap(({ check, state, found, todo }) => {
    const [mark, colour] = marks[state];
    const [first = '', ...more] = wrapped(visible(found), Math.max(20, room - indent.length));
    const fix = todo === '' ? [] : wrapped(visible(todo), Math.max(20, room - 4));
    return [
      `${styleText(colour, mark)} ${check.padEnd(widest)}  ${first}`,
      ...more.map((line) => indent + line),
      ...fix.map((line, at) => `${at === 0 ? '  → ' : '    '}${line}`),
    ];
  });
  return lines.join('\n');
}
