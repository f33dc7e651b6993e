import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodedSecret, secretInFile } from '../../main/cli/secrets/secretText.ts';

const secret = 'caf\u00e9 cr\u00e8me';
const bytes = (...parts: readonly (readonly number[] | Buffer)[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part)));
const utf8Mark = [0xef, 0xbb, 0xbf];
const utf16le = (text: string) => Buffer.from(text, 'utf16le');

test('a secret is the same in UTF-8 and in UTF-16 with a mark, with or without a line end', () => {
  const files = {
    'UTF-8': Buffer.from(secret),
    'with a line end': Buffer.from(`${secret}\n`),
    'with a mark': bytes(utf8Mark, Buffer.from(`${secret}\r\n`)),
    'UTF-16LE': bytes([0xff, 0xfe], utf16le(`${secret}\r\n`)),
    'UTF-16BE': bytes([0xfe, 0xff], utf16le(`${secret}\n`).swap16()),
  };
  for (const [name, content] of Object.entries(files)) assert.equal(secretInFile(content, 'f'), secret, name);
  assert.equal(secretInFile(Buffer.from(` ${secret}\n\n`), 'f'), ` ${secret}\n`);
});

test('a file in another encoding is refused by name, and opens nothing', () => {
  const cases: readonly [name: string, content: Buffer, says: RegExp][] = [
    ['Latin-1', Buffer.from(secret, 'latin1'), /^f is not valid UTF-8 \(perhaps it is Latin-1/],
    ['other Latin-1', Buffer.from('caf\u00e8 cr\u00e9me', 'latin1'), /not valid UTF-8/],
    ['a mark and Latin-1', bytes(utf8Mark, Buffer.from(secret, 'latin1')), /not valid UTF-8/],
    ['cut off', Buffer.from(secret).subarray(0, 4), /not valid UTF-8/],
    ['a surrogate', Buffer.from([0xed, 0xa0, 0x80]), /not valid UTF-8/],
    ['UTF-16 without a mark', utf16le('secret words'), /NUL bytes/],
    ['UTF-16 with half a character', bytes([0xff, 0xfe], utf16le('secret'), [0x41]), /not valid UTF-16LE/],
    ['UTF-16 with half a pair', bytes([0xff, 0xfe, 0x00, 0xd8]), /not valid UTF-16LE/],
    ['a NUL', Buffer.from('secret\0words'), /NUL bytes/],
    ['nothing', Buffer.alloc(0), /is empty/],
    ['a mark alone', bytes(utf8Mark), /is empty/],
  ];
  for (const [name, content, message] of cases) {
    assert.throws(() => secretInFile(content, 'f'), { code: 'bad_input', message }, name);
  }
});

test('an undecodable variable or typed line is refused, and a byte order mark is removed', () => {
  assert.equal(decodedSecret(`\uFEFF${secret}`, 'KEYFOB_PASSPHRASE'), secret);
  assert.throws(() => decodedSecret('caf\uFFFD', 'KEYFOB_PASSPHRASE'), {
    code: 'bad_input',
    message: /^KEYFOB_PASSPHRASE is not valid UTF-8/,
  });
});
