import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { unzip } from '../../../main/platform/documents/unzip.ts';
import { zip } from '../../../renderer/ui/zip.ts';
import { failing } from '../../helpers/engine.ts';

/** An archive by Python: compressed, with a folder and a comment. */
const byPython = (files: string): string =>
  execFileSync(
    'python3',
    [
      '-c',
      `import io, json, sys, zipfile, base64
out = io.BytesIO()
with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive:
    archive.writestr('admin-Shop/', '')
    for name, text in json.loads(sys.argv[1]): archive.writestr(name, text)
    archive.comment = b'a comment'
print(base64.b64encode(out.getvalue()).decode())`,
      files,
    ],
    { encoding: 'utf8' },
  ).trim();

const texts = async (archive: string) =>
  (await unzip(archive)).map(({ name, file }) => [name, Buffer.from(file, 'base64').toString()]);

test('unpacks archives of other programs and our own', async () => {
  const files = [
    ['admin-Shop/application.yaml', 'type: application\n'.repeat(500)],
    ['é', ''],
  ];
  assert.deepEqual(await texts(byPython(JSON.stringify(files))), files);
  const own = zip(files.map(([name = '', text = '']) => ({ name, text })));
  assert.deepEqual(await texts(Buffer.from(own).toString('base64')), files);
});

test('refuses damaged archives at every cut, and one that grows too large', async () => {
  const whole = Buffer.from(byPython('[["a.yaml", "abcabcabc"]]'), 'base64');
  for (let length = 0; length < whole.length - 20; length += 7) {
    await assert.rejects(
      unzip(whole.subarray(0, length).toString('base64')),
      failing('bad_input', 'file'),
      `${length}`,
    );
  }
  for (let at = 0; at < whole.length; at += 1) {
    const broken = Buffer.from(whole);
    broken[at] = (broken[at] ?? 0) ^ 0xff;
    // It may still be readable; it must not fail in another way.
    await unzip(broken.toString('base64')).catch((error) => assert.ok(failing('bad_input', 'file')(error)));
  }
  const bomb = execFileSync(
    'python3',
    [
      '-c',
      `import io, zipfile, base64
out = io.BytesIO()
with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive: archive.writestr('a', b'0' * 9000000)
print(base64.b64encode(out.getvalue()).decode())`,
    ],
    { encoding: 'utf8' },
  );
  await assert.rejects(unzip(bomb.trim()), failing('bad_input', 'file'));
});

test('refuses an archive whose entries share their bytes', async () => {
  const one = Buffer.from(zip([{ name: 'a', text: 'a'.repeat(1000) }]));
  const end = one.length - 22;
  const directory = one.subarray(one.readUInt32LE(end + 16), end);
  const twice = Buffer.concat([one.subarray(0, end), directory, one.subarray(end)]);
  twice.writeUInt16LE(2, end + directory.length + 10);
  await assert.rejects(unzip(twice.toString('base64')), failing('bad_input', 'file', /overlap/));
});
