import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { signing } from '../../main/packaging/dist.ts';

const root = resolve(import.meta.dirname, '../..');

test('each skipped package is one line with the reason, and an error with --strict', () => {
  // Like a machine without Electron's binary.
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' };
  const args = ['run', '--silent', 'dist', '--', '--strict'];
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: root, encoding: 'utf8', env });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const said = stdout.split('\n').filter((line) => /^(Created|Skipped) /.test(line));
  assert.deepEqual(
    said,
    [
      `Created build/dist/keyfob-desktop-${version}.tgz`,
      "Skipped AppImage and deb: Electron's binary is missing; `npx install-electron` downloads it.",
      'Skipped dmg: only macOS can create it.',
      'Skipped installer and portable program: only Windows can create it.',
    ],
    stderr,
  );
  assert.ok(existsSync(join(root, `build/dist/keyfob-desktop-${version}.tgz`)));
  assert.equal(status, 1);
});

test('a Mac package is signed with the chosen certificate, else ad hoc and without the hardened runtime', () => {
  assert.deepEqual(signing('darwin', {}), [
    '-c.mac.identity=-',
    '-c.mac.hardenedRuntime=false',
    '-c.mac.notarize=false',
  ]);
  assert.deepEqual(signing('darwin', { CSC_LINK: 'a certificate' }), []);
  assert.deepEqual(signing('darwin', { CSC_NAME: 'The Keyfob authors' }), []);
  for (const platform of ['linux', 'win32'] as const) assert.deepEqual(signing(platform, {}), []);
});
