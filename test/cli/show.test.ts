import assert from 'node:assert/strict';
import { test } from 'node:test';
import { show } from '../../main/cli/commands/show.ts';
import { pairs, table, width } from '../../main/cli/text/table.ts';

process.env.TZ = 'UTC';

const now = { realMs: 3_600_000, tokenMs: 3_600_000 };

/** The column of each heading. */
const starts = (line: string) => [...line.matchAll(/\S+/g)].map(({ index }) => index);

test('columns are aligned for letters of any width', () => {
  const lines = table(
    ['id', 'name', 'last'].map((heading) => ({ heading })),
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

test('a narrow terminal cuts text, wraps it in the last column, and cuts nothing else', () => {
  const columns = [
    { heading: 'id' },
    { heading: 'first', text: true },
    { heading: 'key' },
    { heading: 'why', text: true },
  ];
  const rows = [['1', 'a'.repeat(100), 'k'.repeat(10), 'These words go on and on and on.']];
  const [heading = '', row = '', more = '', end] = table(columns, rows, 56).split('\n');
  assert.match(row, /^1 {3}a{8}a*… {2}k{10} {2}These words/);
  assert.match(more, /^ +and on\.$/);
  assert.equal(end, undefined);
  for (const line of [heading, row, more]) assert.ok(width(line) <= 56, line);
  assert.match(table(columns, rows), /a{100} {2}k{10} {2}These words go on and on and on\.$/);
});

test('pairs have aligned values', () => {
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

test('a list is a table of its most useful columns', () => {
  const { out, notes } = show('applications.list', { items: [application, { ...application, id: 20 }] }, { now });
  const [heading = '', first = '', second = ''] = out.split('\n');
  assert.deepEqual(heading.split(/\s{2,}/), ['id', 'name', 'owner', 'tier', 'key types', 'active tokens', 'created']);
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

const realistic = {
  token: (id: number) => ({
    id,
    application: 'Shop of the north',
    keyType: 'PRODUCTION',
    user: 'tester',
    scope: `am_application_scope device_pad-${id}`,
    device: `pad-${id}`,
    state: 'ACTIVE',
    valid: true,
    issuedAtMs: 0,
    expiresAtMs: now.tokenMs + 3_599_000,
  }),
  key: (id: number) => ({
    application: `Shop ${id}`,
    keyType: 'PRODUCTION',
    consumerKey: `${id}M2ItGiojHvtVBLpQwertzuiopas`.slice(0, 28),
    state: 'ACTIVE',
    issueBehaviour: 'reuse',
    grantTypes: ['password', 'client_credentials', 'refresh_token'],
    createdAtMs: 0,
  }),
  user: (id: number) => ({
    id,
    username: `tester.number-${id}@carbon.super`,
    roles: ['admin', 'auditor', 'reader'],
    claims: { givenName: 'Tess', familyName: '', email: '', phone: '', groups: ['a'], otherClaims: { level: id } },
    enabled: true,
    hasPassword: id === 1,
    ownsApplications: 0,
    createdAtMs: 0,
  }),
  request: (id: number) => ({
    atMs: 0,
    method: 'POST',
    path: '/oauth2/token',
    status: 400 + id,
    clientId: `${id}M2ItGiojHvtVBLpQwertzuiopas`.slice(0, 28),
    grantType: 'client_credentials',
    tokenId: id,
    error: 'invalid_client',
    why: 'Refused with invalid_client: "Client Authentication failed." The consumer secret is another one.',
  }),
  minted: (id: number) => ({
    device: `a-device-with-quite-a-long-name-${id}`,
    id,
    accessToken: `${id}M2ItGiojHvtVBLpQwertzuiopas`.slice(0, 28),
    expiresInSeconds: 3599,
    reused: false,
  }),
};

/** Lists, and the values of each row that must never be cut. */
const wholes = [
  ['tokens.list', realistic.token, ({ id }: { id: number }) => [String(id), 'in 59 min', `device_pad-${id}`]],
  ['devices.list', realistic.token, ({ device }: { device: string }) => [device, 'in 59 min']],
  ['keys.list', realistic.key, ({ consumerKey }: { consumerKey: string }) => [consumerKey]],
  ['users.list', realistic.user, ({ username }: { username: string }) => [username]],
  ['requests.list', realistic.request, ({ status }: { status: number }) => ['1 h ago', String(status)]],
  ['devices.mint', realistic.minted, (row: ReturnType<typeof realistic.minted>) => [row.device, row.accessToken]],
] as const;

test('at any width ids, keys, names and times are never cut, and no line is too long', () => {
  for (const [method, make, wholeOf] of wholes) {
    const items = [1, 2, 30].map((id): object => make(id));
    for (const room of [60, 80, 100, 120, 200]) {
      const { out } = show(method, { items }, { now, room });
      for (const item of items) {
        for (const text of wholeOf(item as never))
          assert.ok(out.includes(text), `${method} at ${room}: ${text}\n${out}`);
      }
      for (const line of out.split('\n')) assert.ok(width(line) <= room, `${method} at ${room}: ${line}`);
      assert.doesNotMatch(out, /\d{4}-\d\d-\d\d/, `${method} at ${room}`);
    }
    const piped = show(method, { items }, { now }).out;
    assert.doesNotMatch(piped, /…/);
    assert.equal(piped.split('\n').length, 4);
  }
});

test('a terminal hides columns of the filter, and names columns hidden for lack of space', () => {
  const items = [1, 2].map(realistic.token);
  const input = { application: 'Shop of the north', state: 'ACTIVE' };
  const wide = show('tokens.list', { items }, { now, room: 200, input });
  assert.deepEqual(wide.out.split('\n')[0]?.split(/\s{2,}/), ['id', 'key type', 'user', 'scope', 'valid', 'expires']);
  assert.deepEqual(wide.notes, []);
  const scoped = show('tokens.list', { items }, { now, room: 200, input: { scope: 'device_pad-1' } });
  assert.match(scoped.out, /^id .* scope .* state /);
  const ofUser = show('devices.list', { items }, { now, room: 200, input: { username: 'tester' } });
  assert.doesNotMatch(ofUser.out, /tester/);
  const narrow = show('tokens.list', { items }, { now, room: 60 });
  assert.match(narrow.notes.join(' '), /^The same in all rows: .*application Shop of the north/);
  const differing = [
    realistic.user(1),
    { ...realistic.user(2), enabled: false, ownsApplications: 1, roles: [], createdAtMs: 9e6 },
  ];
  assert.match(
    show('users.list', { items: differing }, { now, room: 60 }).notes.join(' '),
    /^Hidden on this narrow terminal: created/,
  );
  assert.match(show('tokens.list', { items }, { now, input }).out, /application/);
});

test('if even cut text does not fit, each row is a block of lines', () => {
  const { out } = show('users.list', { items: [realistic.user(1), realistic.user(2)] }, { now, room: 30 });
  assert.match(out, /^id +1\nusername +tester\.number-1@carbon\.super\n(?:.+\n)+\nid +2\n/);
});

test('the doctor prints a mark and a line per check, and never cuts a fix', () => {
  const todo = 'Stop that program, or choose another port: `keyfob settings write --port`, or on the Endpoint screen.';
  const items = [
    { check: 'Vault', state: 'ok', found: 'unlocked', todo: '' },
    { check: 'HTTPS port', state: 'problem', found: '8243 is in use by some program (process 25456)', todo },
  ];
  const { out } = show('doctor.run', { items }, { now, room: 60 });
  assert.match(out, /^✓ Vault {7}unlocked\n✗ HTTPS port {2}8243 is in use/);
  assert.equal(out.slice(out.indexOf('→') + 2).replace(/\n {4}/g, ' '), todo);
  for (const line of out.split('\n')) assert.ok(width(line) <= 60, line);
});

test('a change is one sentence, with the needed values and the next step', () => {
  const created = show('applications.create', { ...application, name: "Ann's shop" }, { now });
  assert.equal(created.out, `✓ Created application "Ann's shop" (id 1).`);
  assert.deepEqual(created.notes, [
    String.raw`Next: keyfob keys generate --application 'Ann'\''s shop' --key-type PRODUCTION`,
  ]);
  const saved = show('settings.write', { port: 1, httpPort: null }, { now, input: { httpPort: null } });
  assert.equal(saved.out, '✓ Saved.\nhttp-port  none');
  const deleted = show('users.delete', { id: 1, username: 'ann', tokensRevoked: 1 }, { now });
  assert.equal(deleted.out, '✓ Deleted user "ann"; 1 token revoked.');
});

test('an empty list prints nothing on stdout, and notes what to do', () => {
  const { out, notes } = show('applications.list', { items: [] }, { now });
  assert.equal(out, '');
  assert.match(notes.join(), /keyfob applications create/);
});

test('a page notes how to get the next one', () => {
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

test('an object is one line per field, nested fields by path, reasons as sentences only', () => {
  const { out } = show(
    'vault.status',
    {
      consumerKey: 'k',
      applicationTokenValiditySeconds: -1,
      stateId: 'NONE',
      token: { accessToken: 't', expiresInSeconds: 3552, reason: { rule: 'issued_first' }, why: 'It is the first.' },
    },
    { now },
  );
  assert.deepEqual(
    out.split('\n').map((line) => line.split(/\s{2,}/)),
    [
      ['consumer key', 'k'],
      ['application token validity', 'never'],
      ['token access token', 't'],
      ['token expires in', '59 min 12 s'],
      ['token why', 'It is the first.'],
    ],
  );
});

test('a snippet is printed unchanged, and its notes go to stderr', () => {
  const text = "curl 'https://localhost:8243/token' \\\n  -d 'a=\u001B'";
  const notes = ['Fill in the placeholders.'];
  assert.deepEqual(show('snippets.render', { text, notes, containsSecrets: false, secrets: [] }, { now }), {
    out: text,
    notes,
  });
});

test('an explanation has a text, a timeline and the other tokens of the tuple', () => {
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
      ['time', 'state', 'why'],
      ['1970-01-01 00:00:00 (1 h ago)', 'ACTIVE', 'Issued.'],
      [''],
      ['Other tokens of the same tuple'],
      ['id', 'state', 'issued', 'expires'],
      ['1', 'EXPIRED', '1970-01-01 00:00:00 (1 h ago)', '1970-01-01 02:00:00 (in 1 h)'],
    ],
  );
});

test('a recovery key comes with the next step', () => {
  const { out, notes } = show('vault.newRecoveryKey', { recoveryKey: 'AAAA-BBBB' }, { now });
  assert.equal(out, '✓ Created a new recovery key; the old one no longer works.\nrecovery key  AAAA-BBBB');
  assert.match(notes.join(), /confirm-recovery-key --last-group/);
});

test('values stored as hashes are noted as shown only once, or not at all', () => {
  const token = { id: 3, accessToken: 'a'.repeat(28), persistence: 'hashed' };
  const once = /^Only hashes are kept: these values are shown only once/;
  assert.match(show('tokens.issue', token, { now }).notes[0] ?? '', once);
  assert.match(show('devices.mint', { items: [{ device: 'ipad', ...token }] }, { now }).notes[0] ?? '', once);
  assert.match(show('keys.generate', { consumerKey: 'k', token }, { now }).notes.at(-1) ?? '', once);
  assert.deepEqual(show('tokens.issue', { ...token, persistence: 'encrypted' }, { now }).notes, []);
  assert.deepEqual(show('tokens.list', { items: [{ id: 3, persistence: 'hashed' }] }, { now }).notes, []);
  const { notes } = show('tokens.revealMany', { items: [], notKept: [3, 5] }, { now });
  assert.match(notes.at(-1) ?? '', /^Kept as hashes only, and shown only when they were issued: 3, 5\.$/);
  assert.match(
    show('settings.write', { tokenPersistence: 'hashed' }, { now }).notes[0] ?? '',
    /nobody can see their values/,
  );
  const backup = { file: 'x.age', bytes: 1, contents: {}, leftOut: 2 };
  assert.match(show('backup.export', backup, { now }).notes[0] ?? '', /^Left out: 2 tokens kept as hashes only/);
});
