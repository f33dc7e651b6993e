import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseBasic } from '../../main/endpoint/form/basic.ts';
import { charsetOf } from '../../main/endpoint/form/mediaType.ts';
import { parseForm } from '../../main/endpoint/form/parameters.ts';
import { asciiJson } from '../../main/listener/reply.ts';

/** Text for a form: no lone surrogates, no NUL. */
const text = fc.string({ unit: 'binary' }).map((any) => any.toWellFormed().replaceAll('\0', ''));
/** Text without a line break at its end, which credentials must not have. */
const line = text.map((any) => any.replace(/[\r\n]+$/, ''));
const names = fc.uniqueArray(text, { maxLength: 8 });

test('reads a form back unchanged, from every encoder', () => {
  fc.assert(
    fc.property(names, fc.array(text, { minLength: 8, maxLength: 8 }), (keys, values) => {
      const pairs = keys.map((key, at) => [key, values[at] ?? ''] as const);
      const forms = [
        new URLSearchParams(pairs.map(([key, value]) => [key, value])).toString(),
        pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&'),
      ];
      for (const form of forms) {
        const parsed = parseForm(Buffer.from(form));
        assert.ok(parsed instanceof Map);
        assert.deepEqual([...parsed], pairs);
      }
    }),
  );
});

test('gives parameters or a refusal for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const parsed = parseForm(Buffer.from(bytes));
      if (!(parsed instanceof Map)) assert.deepEqual([parsed.status, parsed.error], [400, 'invalid_request']);
    }),
  );
});

test('reads a form in ISO-8859-1 back, raw and percent-encoded', () => {
  const latin = fc.string({ unit: fc.integer({ min: 0xa0, max: 0xff }).map((code) => String.fromCharCode(code)) });
  const escaped = (any: string) => any.replace(/./g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
  fc.assert(
    fc.property(latin, (value) => {
      for (const written of [value, escaped(value)]) {
        const parsed = parseForm(Buffer.from(`a=${written}`, 'latin1'), 'windows-1252');
        assert.deepEqual(parsed, new Map([['a', value]]));
      }
    }),
  );
  assert.deepEqual(
    parseForm(Buffer.from('a=%80+b&c=%2B'), 'windows-1252'),
    new Map([
      ['a', '€ b'],
      ['c', '+'],
    ]),
  );
  assert.ok('status' in parseForm(Buffer.from('a=100%'), 'windows-1252'));
});

test('accepts ASCII under every charset label', () => {
  const labels = ['us-ascii', 'ISO-8859-1', '"windows-1252"', "'Utf8'", 'utf_8', 'latin1', 'x-nobody', 'UTF-16', ''];
  for (const label of labels) {
    const charset = charsetOf(`application/x-www-form-urlencoded ; Charset = ${label}`);
    assert.ok(typeof charset === 'string', label);
    assert.deepEqual(parseForm(Buffer.from('a=b%20c'), charset), new Map([['a', 'b c']]));
  }
});

test('reads credentials back, unencoded and form-encoded', () => {
  const sent = (credentials: string) => parseBasic(`Basic ${Buffer.from(credentials).toString('base64')}`);
  fc.assert(
    fc.property(line, line, (id, secret) => {
      const encoded = sent(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`);
      assert.ok('id' in encoded);
      assert.deepEqual([encoded.id, encoded.secret], [id, secret]);
      if (id.includes(':')) return;
      const asTheyAre = sent(`${id}:${secret}`);
      assert.ok('id' in asTheyAre);
      const { undecoded = asTheyAre } = asTheyAre;
      assert.deepEqual([undecoded.id, undecoded.secret], [id, secret]);
    }),
  );
});

test('gives credentials or a refusal for any header', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((rest) => `Basic ${rest}`),
      ),
      (header) => {
        const parsed = parseBasic(header);
        if (!('id' in parsed)) assert.ok(parsed.status === 400 || parsed.status === 401);
      },
    ),
  );
});

test('writes JSON in ASCII, with the same meaning', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (any) => {
      const json = asciiJson(any);
      assert.match(json, /^[\x20-\x7f]*$/);
      assert.equal(JSON.parse(json), any);
    }),
  );
});
