import { styleText } from 'node:util';
import type { Finding } from '../../../preload/contract/doctor.ts';
import { visible } from '../../system/visible.ts';
import { width, wrapped } from '../text/table.ts';
import type { TopicTraits } from './traits.ts';

const marks = {
  ok: ['✓', 'green'],
  warning: ['!', 'yellow'],
  problem: ['✗', 'red'],
} as const;

/** Findings as a list: a mark, the check, its finding. A fix follows on separate lines and is never cut. */
function findingsText(items: readonly Finding[], room = Number.POSITIVE_INFINITY): string {
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

export const doctor: TopicTraits<'doctor'> = {
  summary: 'Check vault, database, ports, certificates, clock and disk',
  group: 'additional',
  bare: 'run',
  methods: {
    run: {
      examinesClosedFolder: true,
      show: ({ items }, { room }) => ({ out: findingsText(items, room), notes: [] }),
      exitCode: ({ items }) => (items.some(({ state }) => state === 'problem') ? 1 : 0),
    },
  },
};
