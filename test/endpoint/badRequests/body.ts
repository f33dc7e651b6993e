import { passwordForm } from '../shop.ts';
import { type BadRequests, rows } from './row.ts';

const kib64 = 64 * 1024;
const chunked = { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' };
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

/** Sizes, encodings, repeated parameters. */
export const body: BadRequests = ({ post }) => {
  const latin1 = (path: string, text: string) =>
    Buffer.from(post(path, text, { 'Content-Length': String(text.length) }), 'latin1');
  return [
    ...rows(
      'a body beyond 64 KiB',
      { status: 413, description: 'The body is larger than 64 KiB; send the parameters of the form only.' },
      [
        post('/token', 'a'.repeat(kib64 + 1)),
        post('/token', `${passwordForm}&pad=${'a'.repeat(200_000)}`),
        post('/revoke', '', { 'Content-Length': '99999999999' }),
        post('/introspect', 'token=x', { 'Content-Length': String(kib64 + 1), Expect: '100-continue' }),
        post('/token', `${chunk('a'.repeat(kib64))}${chunk('b')}${chunk('')}`, chunked),
      ],
    ),
    ...rows(
      'a percent sign without two hex digits',
      {
        status: 400,
        description:
          'The body has a percent sign that does not start a UTF-8 character in hex; write %25 for a percent sign itself, as curl --data-urlencode does.',
      },
      [
        post('/token', 'grant_type=password&username=tester&password=100%'),
        post('/token', 'grant_type=password&username=tester&password=%zz'),
        post('/token', 'grant_type=password&username=m%FCller&password=x'),
        post('/revoke', 'token=%C0%AF'),
        post('/introspect', 'tok%ED%A0%80en=x'),
      ],
    ),
    ...rows(
      'bytes that are not UTF-8',
      {
        status: 400,
        description: 'The body has bytes that are not UTF-8; percent-encode them, as curl --data-urlencode does.',
      },
      [
        latin1('/token', 'grant_type=password&username=m\xfcller'),
        latin1('/token', '\xff\xfe'),
        latin1('/revoke', 'token=\xc3'),
        latin1('/introspect', 'token=\xed\xa0\x80'),
      ],
    ),
    ...rows('a NUL', { status: 400, description: 'The body has a NUL character; leave it out.' }, [
      post('/token', 'grant_type=password&username=tester%00&password=s3cret'),
      post('/token', 'grant_type=password\0'),
      post('/token', 'grant%00_type=password'),
      post('/revoke', 'token=%00'),
      post('/introspect', '\0\0\0\0'),
    ]),
    ...rows('repeated parameters', { status: 400, description: 'Invalid request with repeated parameters.' }, [
      post('/token', 'grant_type=password&grant_type=password'),
      post('/token', `${passwordForm}&scope=`),
      post('/token', `${passwordForm}&%73cope=b`),
      post('/revoke', 'token=a&token=b'),
      post('/introspect', 'token=a&x&x=1'),
    ]),
  ];
};
