import type { OutputOf } from '../../../preload/contract/define.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { RequestDetails } from '../../../preload/contract/requests.ts';
import { fieldsText, linesText, type Shown, type ShowOptions } from '../text/rows.ts';
import { count, type TopicTraits } from './traits.ts';

export const requestList = {
  columns: ['sequence', 'atMs', 'method', 'path', 'status', 'application', 'user', 'device', 'tokenId', 'error', 'why'],
  text: ['path', 'application', 'user', 'why'],
  optional: ['device', 'user', 'application', 'error', 'tokenId'],
} as const;

const messageText = (title: string, { headers, body, bodyBytes, truncated }: RequestDetails['sent']): string => {
  const cut = truncated ? `\n(only the start${bodyBytes === undefined ? '' : ` of ${bodyBytes} bytes`})` : '';
  const lines = headers.map(({ name, value }) => `${name}: ${value}`);
  return [title, ...lines, ...(body === undefined ? [] : ['', `${body}${cut}`])].join('\n');
};

function showDetails({ request, target, sent, answered }: RequestDetails, { now }: ShowOptions): Shown {
  const parts = [
    fieldsText(request, now),
    linesText(messageText(`> ${request.method} ${target}`, sent)),
    linesText(messageText(`< ${request.status}`, answered)),
  ];
  return { out: parts.join('\n\n'), notes: [] };
}

const showHar = ({ har, requests }: OutputOf<MethodOf<'requests.exportHar'>>): Shown => ({
  out: har,
  notes: [`${count(requests, 'request')}. Secrets are masked.`],
});

export const requests: TopicTraits<'requests'> = {
  summary: 'Log of requests to endpoint and gateway',
  group: 'core',
  subjects: ['sequence'],
  bare: 'list',
  methods: {
    list: {
      examples: ['--outcome refused', '--search "shop ipad"', '--api echo/1.0 --limit 20'],
      list: { ...requestList, empty: 'No matching requests.' },
    },
    read: { examples: ['--sequence 17'], show: showDetails },
    repeat: { examples: ['--sequence 17'], show: showDetails },
    addToolCall: {
      examples: ['--tool list_tokens --status 200 --duration-ms 3 --sent {} --answered {}'],
      result: ({ sequence }) => ({ done: `Added row ${sequence}.` }),
    },
    exportHar: {
      examples: ['', '--outcome refused --application Shop > shop.har', '--sequences 17 --sequences 18'],
      show: showHar,
    },
    clear: { result: ({ forgotten }) => ({ done: `Forgot ${count(forgotten, 'request')}.` }) },
  },
};
