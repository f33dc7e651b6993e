import assert from 'node:assert/strict';
import { test } from 'node:test';
import { show } from '../../main/cli/show.ts';
import { pairs, table, width } from '../../main/cli/table.ts';

process.env.TZ = 'UTC';

const now = { realMs: 3_600_000, tokenMs: 3_600_000 };

/** Where each heading starts. */
const starts = (line: string) => [...line.matchAll(/\S+/g)].map(({ index }) => index);

test('columns line up, whatever the width of their letters', () => {
  const lines = table(
    ['id', 'name', 'last'],
    [
      ['1', 'Shop', 'x'],
      ['22', '商店', 'y'],
      ['333', 'e\u0301tal', 'z'],
      ['4', '👍', ''],
    ],
  ).split('\n');
  assert.deepEqual(
    lines,
    ['id   name  last', '1    Shop  x', '22   商店  y', '333  e\u0301tal  z', '4    👍'].map((line) => line),
  );
  assert.deepEqual(['Shop', '商店', 'e\u0301tal', '👍'].map(width), [4, 4, 4, 2]);
});

test('on a narrow terminal the widest columns are cut, else nothing is', () => {
  const rows = [['1', 'a'.repeat(100), 'b'.repeat(50)]];
  const [heading = '', row = ''] = table(['id', 'first', 'second'], rows, 60).split('\n');
  assert.ok(width(row) <= 60, row);
  assert.match(row, /^1 {3}a+… {2}b+…?$/);
  assert.ok(width(heading) <= 60);
  assert.match(table(['id', 'first', 'second'], rows), /a{100} {2}b{50}$/);
});

test('pairs have their values aligned', () => {
  assert.equal(
    pairs([
      ['id', '1'],
      ['longer', '2'],
    ]),
    'id      1\nlonger  2',
  );
});

const application = {
  id: 1,
  name: 'Shop',
  owner: 'admin',
  description: 'd',
  tier: 'Unlimited',
  keyTypes: ['PRODUCTION'],
  activeTokens: 2,
  createdAtMs: 0,
};

test('a list is a table of its telling columns', () => {
  const { out, notes } = show('applications.list', { items: [application, { ...application, id: 20 }] }, { now });
  const [heading = '', first = '', second = ''] = out.split('\n');
  assert.deepEqual(heading.split(/\s{2,}/), ['id', 'name', 'owner', 'tier', 'keyTypes', 'activeTokens', 'createdAt']);
  assert.deepEqual(first.split(/\s{2,}/), [
    '1',
    'Shop',
    'admin',
    'Unlimited',
    'PRODUCTION',
    '2',
    '1970-01-01 00:00:00 (1 h ago)',
  ]);
  assert.deepEqual(starts(heading).slice(0, 5), starts(second).slice(0, 5));
  assert.deepEqual(notes, []);
});

test('an empty list says what to do, and prints nothing', () => {
  const { out, notes } = show('applications.list', { items: [] }, { now });
  assert.equal(out, '');
  assert.match(notes.join(), /keyfob applications create/);
});

test('a page that is not the last says how to get the next', () => {
  const token = {
    id: 9,
    application: 'Shop',
    keyType: 'PRODUCTION',
    user: 'ann',
    scope: 'a',
    state: 'ACTIVE',
    issuedAtMs: 0,
    expiresAtMs: null,
  };
  const { out, notes } = show('tokens.list', { items: [token], nextCursor: 9 }, { now });
  assert.match(out, /never$/);
  assert.match(notes.join(), /--cursor 9/);
});

test('one thing is told line by line, what it holds with its path, and reasons in words only', () => {
  const { out } = show(
    'keys.generate',
    {
      consumerKey: 'k',
      consumerSecret: 's',
      applicationTokenValiditySeconds: -1,
      token: { accessToken: 't', expiresInSeconds: 3552, reason: { rule: 'issued_first' }, why: 'It is the first.' },
    },
    { now },
  );
  assert.deepEqual(
    out.split('\n').map((line) => line.split(/\s{2,}/)),
    [
      ['consumerKey', 'k'],
      ['consumerSecret', 's'],
      ['applicationTokenValidity', 'never'],
      ['token.accessToken', 't'],
      ['token.expiresIn', '59 min 12 s'],
      ['token.why', 'It is the first.'],
    ],
  );
});

test('a snippet is printed as it is, its notes beside it', () => {
  const text = "curl 'https://localhost:8243/token' \\\n  -d 'a=\u001B'";
  const notes = ['Fill in the placeholders.'];
  assert.deepEqual(show('snippets.render', { text, notes, containsSecrets: false, secrets: [] }, { now }), {
    out: text,
    notes,
  });
});

test('an explanation is text, a timeline and the other tokens of the tuple', () => {
  const token = { id: 2, state: 'ACTIVE', issuedAtMs: 0, expiresAtMs: 7_200_000 };
  const { out } = show(
    'tokens.explain',
    {
      token,
      text: 'First line.\nSecond\u001B line.',
      history: [{ atMs: 0, state: 'ACTIVE', reason: {}, text: 'Issued.' }],
      tuple: [token, { ...token, id: 1, state: 'EXPIRED' }],
    },
    { now },
  );
  assert.deepEqual(
    out.split('\n').map((line) => line.trimEnd().split(/\s{2,}/)),
    [
      ['First line.'],
      ['Second\\u{1b} line.'],
      [''],
      ['Timeline of token 2'],
      ['at', 'state', 'why'],
      ['1970-01-01 00:00:00 (1 h ago)', 'ACTIVE', 'Issued.'],
      [''],
      ['Other tokens of the same tuple'],
      ['id', 'state', 'issuedAt', 'expiresAt'],
      ['1', 'EXPIRED', '1970-01-01 00:00:00 (1 h ago)', '1970-01-01 02:00:00 (in 1 h)'],
    ],
  );
});

test('a recovery key comes with what to do with it', () => {
  const { out, notes } = show('vault.newRecoveryKey', { recoveryKey: 'AAAA-BBBB' }, { now });
  assert.equal(out, 'recoveryKey  AAAA-BBBB');
  assert.match(notes.join(), /confirmRecoveryKey/);
});

test('what is kept as a hash only is said to be shown this once, or not at all', () => {
  const token = { id: 3, accessToken: 'a'.repeat(28), keptAs: 'hashed' };
  const once = /^Only hashes are kept: this is the one time/;
  assert.match(show('tokens.issue', token, { now }).notes[0] ?? '', once);
  assert.match(show('devices.mint', { items: [{ device: 'ipad', ...token }] }, { now }).notes[0] ?? '', once);
  assert.match(show('keys.generate', { consumerKey: 'k', token }, { now }).notes[0] ?? '', once);
  assert.deepEqual(show('tokens.issue', { ...token, keptAs: 'encrypted' }, { now }).notes, []);
  assert.deepEqual(show('tokens.list', { items: [{ id: 3, keptAs: 'hashed' }] }, { now }).notes, []);
  const { notes } = show('tokens.revealMany', { items: [], notKept: [3, 5] }, { now });
  assert.match(notes.at(-1) ?? '', /^Kept as hashes only, and shown once when they were issued: 3, 5\.$/);
  assert.match(
    show('settings.write', { tokenPersistence: 'hashed' }, { now }).notes[0] ?? '',
    /nobody can see its value/,
  );
  const backup = { file: 'x.age', bytes: 1, contents: {}, leftOut: 2 };
  assert.match(show('backup.export', backup, { now }).notes[0] ?? '', /^Left out, .*: 2 tokens\.$/);
});
