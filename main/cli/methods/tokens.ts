import type { OutputOf } from '../../../preload/contract/define.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import { linesText, moreAfter, rowsText, type Shown, type ShowOptions } from '../text/rows.ts';
import { table } from '../text/table.ts';
import { say } from '../text/values.ts';
import { demandRevoked, noneRevoked } from './revocations.ts';
import { count, type Result, type TopicTraits } from './traits.ts';

const tokenList = {
  columns: ['id', 'application', 'keyType', 'user', 'scope', 'state', 'valid', 'expiresAtMs'],
  text: ['application', 'user', 'scope'],
  optional: ['valid', 'keyType', 'application'],
} as const;

const issued = (output: OutputOf<MethodOf<'tokens.issue'>>): Result => {
  const { id, reused, accessToken, refreshToken, scope, expiresInSeconds, why } = output;
  return {
    done: reused ? `Token ${id} is still live, so you get it again.` : `Issued token ${id}.`,
    values: { accessToken, refreshToken, scope, expiresInSeconds, why },
  };
};

const authorized = (output: OutputOf<MethodOf<'tokens.authorize'>>): Result => {
  const { done, values } = issued(output);
  return { done, values: { ...values, idToken: output.idToken } };
};

function showExplanation(output: OutputOf<MethodOf<'tokens.explain'>>, options: ShowOptions): Shown {
  const { now, room } = options;
  const timeline = output.history.map(({ atMs, state, text }) => [
    say('atMs', atMs, now, room !== undefined),
    state,
    say('', text, now),
  ]);
  const headings = [{ heading: 'time' }, { heading: 'state' }, { heading: 'why', text: true }];
  const view = { columns: ['id', 'state', 'issuedAtMs', 'expiresAtMs'], text: [], optional: [] };
  const others = output.tuple.filter(({ id }) => id !== output.token.id);
  const parts = [
    linesText(output.text),
    `Timeline of token ${output.token.id}\n${table(headings, timeline, room)}`,
    ...(others.length > 0 ? [`Other tokens of the same tuple\n${rowsText(view, others, options).out}`] : []),
  ];
  return { out: parts.join('\n\n'), notes: [] };
}

export const tokens: TopicTraits<'tokens'> = {
  summary: 'Issue, list, explain and revoke tokens',
  group: 'core',
  subjects: ['token', 'ids'],
  tokenTimes: true,
  methods: {
    issue: {
      examples: [
        '--application Shop --key-type PRODUCTION',
        '--application Shop --key-type PRODUCTION --user tester --scope "read write"',
        '--application Shop --key-type PRODUCTION --grant-type authorization_code',
      ],
      opensBrowser: true,
      instead: ({ grantType, ...input }) =>
        grantType === 'authorization_code' ? { name: 'tokens.authorize', input } : undefined,
      result: issued,
    },
    authorize: {
      examples: [
        '--application Shop --key-type PRODUCTION',
        '--application Shop --key-type PRODUCTION --scope "openid orders:read" --no-browser',
      ],
      ownerOnly: true,
      opensBrowser: true,
      result: authorized,
    },
    regenerate: { result: issued },
    refresh: { result: issued },
    list: {
      examples: ['--application Shop --state ACTIVE', '--text "shop ipad" --validity expiring'],
      list: { ...tokenList, empty: 'No matching tokens.' },
    },
    count: { examples: ['--user tester --validity valid'] },
    expiries: {
      examples: ['--application Shop', '--device ipad'],
      list: {
        columns: ['expiresAtMs', 'expires', 'count', 'id', 'application', 'keyType', 'user', 'device'],
        text: ['application', 'user', 'device'],
        optional: ['keyType', 'device'],
        empty: 'No token expires.',
      },
    },
    readMany: {
      examples: ['--ids 17 --ids 18'],
      list: { ...tokenList, empty: 'None of these tokens exist.' },
    },
    export: {
      examples: ['--application Shop', '--text ipad --limit 1000'],
      show: ({ csv, nextCursor }) => ({ out: csv.trimEnd(), notes: moreAfter(nextCursor) }),
    },
    decode: { examples: ['--token 17'] },
    revealMany: {
      examples: ['--ids 17 --ids 18'],
      list: { columns: ['id', 'accessToken'], text: [], optional: [], empty: 'None of these tokens exist.' },
    },
    explain: { show: showExplanation },
    revoke: {
      demandEffect({ revoked, token }) {
        if (!revoked) {
          throw new KeyfobError('conflict', `Token ${token.id} is ${token.state} already. Nothing was changed.`);
        }
      },
      result: ({ id, token }) => ({ done: `Revoked token ${id} of "${token.application}".` }),
    },
    revokeMany: {
      examples: ['--ids 17 --ids 18'],
      demandEffect({ revoked }) {
        if (revoked.length === 0) throw noneRevoked('token', 'None of these tokens is live. Nothing was revoked.');
      },
      result: ({ revoked }) => ({ done: `Revoked ${count(revoked.length, 'token')}: ${revoked.join(', ')}.` }),
    },
    revokeAll: {
      examples: ['--user tester', '--application Shop --device ipad'],
      demandEffect: ({ revoked }, input, call) => demandRevoked(revoked, input, call),
      result: ({ revoked }) => ({ done: `Revoked ${count(revoked, 'token')}.` }),
    },
    purgeable: { examples: ['--older-than-days 30'] },
    purge: {
      examples: ['--older-than-days 30', '--older-than-days 0 --application Shop'],
      result: ({ purged }) => ({ done: `Deleted ${count(purged, 'retired token')} for good.` }),
    },
    setExpiry: {
      examples: ['--token 17 --in-seconds 10'],
      result: ({ id, expiresAtMs }) => ({ done: `Set when token ${id} expires.`, values: { expiresAtMs } }),
    },
  },
};
