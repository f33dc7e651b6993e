import type { RanCall } from '../../../preload/contract/snippets.ts';
import { visible } from '../../system/visible.ts';
import { linesText, type Shown } from '../text/rows.ts';
import type { TopicTraits } from './traits.ts';

const isOk = ({ status }: RanCall): boolean => status >= 200 && status < 300;

/** The body is the result, so that a pipe gets nothing else. */
function showReply(reply: RanCall): Shown {
  const { request, status, statusText, durationMs, body, bodyBytes, truncated, why, shownOnce } = reply;
  const facts = [`${status} ${statusText}`.trim(), `${durationMs} ms`, reply.contentType].filter(Boolean);
  return {
    out: linesText((body ?? '').trimEnd()),
    notes: [
      `${visible(request)}: ${visible(facts.join(', '))}`,
      ...(body === undefined && bodyBytes > 0 ? [`The body is ${bodyBytes} bytes of binary data.`] : []),
      ...(truncated ? [`Only the start of the body is shown, of ${bodyBytes} bytes that were read.`] : []),
      ...(why === undefined ? [] : [why]),
      ...(shownOnce === undefined
        ? []
        : [`Only hashes are kept: copy these values now. Access token: ${shownOnce.accessToken}`]),
      ...(shownOnce?.refreshToken === undefined ? [] : [`Refresh token: ${shownOnce.refreshToken}`]),
    ],
  };
}

export const snippets: TopicTraits<'snippets'> = {
  summary: 'Generate ready-to-run calls, and run them',
  group: 'core',
  methods: {
    render: {
      examples: [
        '--application Shop --key-type PRODUCTION --user tester --device ipad --secrets real',
        '--application Shop --key-type PRODUCTION --call api --url https://localhost:9443/items --shell powershell',
        '--application Shop --key-type PRODUCTION --user tester --client python-requests --secrets env',
      ],
      show: ({ text, notes }) => ({ out: text, notes }),
    },
    run: {
      examples: [
        '--application Shop --key-type PRODUCTION --user tester --device ipad',
        '--application Shop --key-type PRODUCTION --call api',
      ],
      ownerOnly: true,
      show: showReply,
      exitCode: (reply) => (isOk(reply) ? 0 : 1),
    },
  },
};
