import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cmdWords } from './rules/cmd.ts';
import { splitCommandLine } from './rules/crt.ts';
import { powershellWords } from './rules/powershell.ts';

// Tests of the parsers themselves: one that misses a trap would accept any text.

test('the C runtime rules give the results of their documentation', () => {
  assert.deepEqual(splitCommandLine('"a b c" d e'), ['a b c', 'd', 'e']);
  assert.deepEqual(splitCommandLine(String.raw`"ab\"c" "\\" d`), ['ab"c', '\\', 'd']);
  assert.deepEqual(splitCommandLine(String.raw`a\\\b d"e f"g h`), [String.raw`a\\\b`, 'de fg', 'h']);
  assert.deepEqual(splitCommandLine(String.raw`a\\\"b c d`), [String.raw`a\"b`, 'c', 'd']);
  assert.deepEqual(splitCommandLine(String.raw`a\\\\"b c" d e`), [String.raw`a\\b c`, 'd', 'e']);
  assert.throws(() => splitCommandLine('a"b"" c d'), /doubled quote/);
});

test('cmd expands variables within quotes, at the prompt and in a batch file', () => {
  const environment = (name: string) => (name === 'PATH' ? 'EXPANDED' : undefined);
  for (const mode of ['prompt', 'batch'] as const) {
    assert.deepEqual(cmdWords('curl.exe "%PATH%"', mode, environment), ['curl.exe', 'EXPANDED']);
    assert.deepEqual(cmdWords('curl.exe %PATH:a=b%', mode, environment), ['curl.exe', 'EXPANDED']);
  }
  assert.deepEqual(cmdWords('curl.exe %%PATH%%', 'prompt', environment), ['curl.exe', '%EXPANDED%']);
  assert.deepEqual(cmdWords('curl.exe %%PATH%%', 'batch', environment), ['curl.exe', '%PATH%']);
  assert.deepEqual(cmdWords('curl.exe ^%PATH^%', 'prompt', environment), ['curl.exe', '%PATH%']);
  // This is why a caret follows each percent sign too: without it the text names PATH.
  assert.deepEqual(cmdWords('curl.exe ^%PATH:a=b^%', 'prompt', environment), ['curl.exe', 'EXPANDED']);
  assert.throws(() => cmdWords('curl.exe 100%', 'batch', environment), /lost percent/);
});

test('cmd knows no escaped quote, so the text after it is unquoted', () => {
  const none = () => undefined;
  assert.throws(() => cmdWords(String.raw`curl.exe "a\"b&c"`, 'batch', none), /special &/);
  assert.deepEqual(cmdWords(String.raw`curl.exe ^"a\^"b^&c^"`, 'batch', none), ['curl.exe', 'a"b&c']);
  assert.deepEqual(cmdWords('curl.exe a ^\n  b', 'prompt', none), ['curl.exe', 'a', 'b']);
  assert.throws(() => cmdWords('curl.exe "a\nb"', 'batch', none), /second command/);
});

test('PowerShell 5.1 breaks quotes and last backslashes, 7.3 passes them', () => {
  assert.deepEqual(powershellWords(`curl.exe 'a "b c" d'`, '7.3'), ['curl.exe', 'a "b c" d']);
  assert.deepEqual(powershellWords(`curl.exe 'a "b c" d'`, '5.1'), ['curl.exe', 'a b', 'c d']);
  assert.deepEqual(powershellWords(String.raw`curl.exe 'a \"b c\" d'`, '5.1'), ['curl.exe', 'a "b c" d']);
  assert.deepEqual(powershellWords(String.raw`curl.exe 'a b\'`, '7.3'), ['curl.exe', 'a b\\']);
  assert.throws(() => powershellWords(String.raw`curl.exe 'a b\'`, '5.1'), /open quote/);
});

test('PowerShell reads typographic quotes as plain ones, and expands only within double quotes', () => {
  assert.deepEqual(powershellWords(`curl.exe 'it‘‘s' 'it''s'`, '7.3'), ['curl.exe', 'it‘s', "it's"]);
  assert.throws(() => powershellWords(`curl.exe 'it’s'`, '7.3'), /touch/);
  assert.deepEqual(powershellWords(`curl.exe '$env:A' "x$env:A"`, '7.3', { A: 'b c' }), ['curl.exe', '$env:A', 'xb c']);
  assert.deepEqual(powershellWords('curl.exe "$([uri]::EscapeDataString($env:A))"', '5.1', { A: '"é' }), [
    'curl.exe',
    '%22%C3%A9',
  ]);
  assert.throws(() => powershellWords('curl.exe a,b', '7.3'), /touch|special/);
  assert.throws(() => powershellWords('curl.exe -a.b', '7.3'), /plain word/);
});
