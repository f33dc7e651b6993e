import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { zip } from '../../../renderer/ui/zip.ts';

const read = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    print(json.dumps([[i.filename, archive.read(i).decode(), oct(i.external_attr >> 16)] for i in archive.infolist()]))
`;

test('Python reads back each file, in folders and with any text', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-zip-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const files = [
    { name: 'calls.sh', text: '#!/bin/sh\n' },
    { name: 'environments/é.yml', text: '日本 🔑\r\n'.repeat(10_000) },
    { name: '.env', text: '' },
  ];
  const path = join(folder, 'a.zip');
  writeFileSync(path, zip(files));
  const seen = JSON.parse(execFileSync('python3', ['-c', read, path], { encoding: 'utf8', maxBuffer: 1e7 }));
  assert.deepEqual(
    seen,
    files.map(({ name, text }) => [name, text, '0o100600']),
  );
});
