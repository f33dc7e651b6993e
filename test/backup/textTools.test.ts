import assert from 'node:assert/strict';
import { test } from 'node:test';
// biome-ignore lint/style/noRestrictedImports: files of earlier versions are made here, with less work for each try
import { Encrypter } from 'age-encryption';
import { createBackupCipher } from '../../main/backup/age.ts';
import type { ErrorCode } from '../../preload/contract/errors.ts';
import { ageTool } from '../helpers/age.ts';

const cipher = createBackupCipher();
const text = '{"keyfobBackup":{}}\n';
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const bomLe = Buffer.from([0xff, 0xfe]);
const utf8Bom = Buffer.from([0xef, 0xbb, 0xbf]);
const utf16le = (content: string) => Buffer.from(content, 'utf16le');
const utf16be = (content: string) => utf16le(content).swap16();

test('opens armored text in any encoding and with any line ends', async (t) => {
  const age = ageTool(t);
  const armored = Buffer.from(age.encrypt(text, ['-a']), 'base64').toString();
  const crlf = armored.replaceAll('\n', '\r\n');
  const rewritten = {
    CRLF: Buffer.from(crlf),
    'byte order mark': Buffer.concat([utf8Bom, Buffer.from(crlf)]),
    'UTF-16': Buffer.concat([bomLe, utf16le(crlf)]),
    'UTF-16, big end first': Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be(armored)]),
    'UTF-16 without a mark': utf16le(armored),
    'UTF-16 without a mark, big end first': utf16be(armored),
    'space around it': Buffer.from(`\n ${armored}\r\n\n`),
  };
  for (const [name, bytes] of Object.entries(rewritten)) {
    assert.equal(cipher.opensWith(base64(bytes)), 'identity', name);
    assert.equal(await cipher.open(base64(bytes), { identity: age.keyFile }), text, name);
  }
});

test('accepts a key file with any line ends, a byte order mark, or joined lines', async (t) => {
  const age = ageTool(t);
  const file = age.encrypt(text);
  for (const identity of [
    age.keyFile.replaceAll('\n', '\r\n'),
    `\uFEFF${age.keyFile}`,
    age.keyFile.replaceAll('\n', ''),
    `\uFEFF${/AGE-SECRET-KEY-\S+/.exec(age.keyFile)?.[0]}`,
  ]) {
    assert.equal(await cipher.open(file, { identity }), text, JSON.stringify(identity.slice(0, 20)));
  }
});

test('reads content with a byte order mark or in UTF-16', async (t) => {
  const age = ageTool(t);
  const { file } = await cipher.seal(`\uFEFF${text}`, { recipients: [age.recipient] });
  assert.equal(await cipher.open(file, { identity: age.keyFile }), text);
});

test('reports a binary backup that a text tool rewrote', (t) => {
  const bytes = Buffer.from(ageTool(t).encrypt(text.repeat(50)), 'base64');
  const latin1 = bytes.toString('latin1');
  const cases: readonly [name: string, bytes: Uint8Array, says: RegExp, code?: ErrorCode][] = [
    ['CRLF', Buffer.from(latin1.replaceAll('\n', '\r\n'), 'latin1'), /^Line ends were changed on the way \(CRLF\)/],
    ['CR', Buffer.from(latin1.replaceAll('\n', '\r'), 'latin1'), /^Line ends were changed/],
    ['UTF-16', Buffer.concat([bomLe, utf16le(latin1)]), /UTF-16 text, as PowerShell's > does/],
    ['UTF-16, big end first', utf16be(latin1), /UTF-16 text/],
    ['decoded as UTF-8', Buffer.from(bytes.toString()), /rewrote this file as text/],
    ['byte order mark', Buffer.concat([utf8Bom, bytes]), /rewrote this file as text/],
    [
      'not a backup, as UTF-16',
      Buffer.concat([bomLe, utf16le('hello')]),
      /isn't a Keyfob or age backup/,
      'backup_not_age',
    ],
    ['armor without its end', Buffer.from('-----BEGIN AGE ENCRYPTED FILE-----\nAAAA'), /isn't a/, 'backup_not_age'],
  ];
  for (const [name, content, message, code = 'backup_damaged'] of cases) {
    assert.throws(() => cipher.opensWith(base64(content)), { code, message }, name);
  }
});

test('opens a backup by its passphrase in both Unicode forms, also one of an earlier version', async () => {
  const [composed, decomposed] = ['caf\u00e9 cr\u00e8me', 'cafe\u0301 cre\u0300me'];
  const old = async (passphrase: string) => {
    const encrypter = new Encrypter();
    encrypter.setPassphrase(passphrase);
    // The usual work factor takes a second per try.
    encrypter.setScryptWorkFactor(10);
    return base64(await encrypter.encrypt(text));
  };
  const { file } = await cipher.seal(text, { passphrase: decomposed });
  assert.equal(await cipher.open(file, { passphrase: composed }), text);
  for (const made of [composed, decomposed, `\uFEFF${composed}`]) {
    const earlier = await old(made);
    for (const passphrase of [composed, decomposed])
      assert.equal(await cipher.open(earlier, { passphrase }), text, made);
  }
  await assert.rejects(cipher.open(await old(composed), { passphrase: 'cafe creme' }), { code: 'wrong_passphrase' });
});
