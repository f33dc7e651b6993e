import { success } from '../output/report.ts';
import { kebab } from '../text/kebab.ts';
import type { Row } from '../text/rows.ts';
import { pairs } from '../text/table.ts';
import { type Now, say } from '../text/values.ts';
import type { TopicTraits } from './traits.ts';

/** Settings under the names of the flags that change them. */
const settingsText = (output: Row, now: Now): string =>
  pairs(Object.entries(output).map(([name, value]) => [kebab(name), say(name, value, now)]));

export const settings: TopicTraits<'settings'> = {
  summary: 'Settings, including the clock offset',
  group: 'additional',
  bare: 'read',
  methods: {
    read: { show: (output, { now }) => ({ out: settingsText(output, now), notes: [] }) },
    write: {
      examples: [
        '--clock-offset-seconds 3601',
        '--http-port 8280',
        '--http-port none --no-revoke-headers',
        '--token-persistence hashed',
      ],
      show(output, { now, input = {} }) {
        const changed = Object.fromEntries(Object.entries(output).filter(([name]) => name in input));
        const lines = [success('Saved.'), settingsText(changed, now)];
        return { out: lines.filter((text) => text !== '').join('\n'), notes: [] };
      },
    },
  },
};
