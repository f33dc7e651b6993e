import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { getRawHeader } from '@electron/asar';
import { parse } from 'yaml';
import { testFolder } from '../helpers/serving.ts';
import { desktopPlace, startStandIn } from '../ui/harness/desktop.ts';
import { type Assembled, assemble, filesIn, fusesOf, root } from './assemble.ts';
import { exercise } from './exercise.ts';

let assembled: Assembled;
let files: readonly string[] = [];
before(() => {
  assembled = assemble('linux');
  files = filesIn(assembled.app);
});
after(() => assembled?.remove());

const binaries = [
  `node_modules/@napi-rs/keyring-linux-${process.arch}-gnu/keyring.linux-${process.arch}-gnu.node`,
  `node_modules/@node-rs/argon2-linux-${process.arch}-gnu/argon2.linux-${process.arch}-gnu.node`,
  `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`,
];

test('the package has every bundle and the icons', () => {
  for (const part of ['build/desktop/*.js', 'build/preload/*.cjs', 'build/renderer/**/*.*', 'assets/icons/tray*.png']) {
    const built = globSync(part, { cwd: root }).filter((file) => !file.includes('.vite'));
    assert.ok(built.length > 0, part);
    assert.deepEqual(
      built.filter((file) => !files.includes(file)),
      [],
    );
  }
});

test('the package has no sources, tests, maps, documents or development packages', (t) => {
  assert.deepEqual(
    [...new Set(files.map((file) => file.split('/')[0]))],
    ['assets', 'build', 'node_modules', 'package.json'],
  );
  assert.deepEqual(
    files.filter((file) => !/\.(js|cjs|css|html|png|svg|node)$|(^|\/)package\.json$/.test(file)),
    [],
  );
  assert.deepEqual(
    files.filter((file) => /(^|\/)(tests?|docs?|deps|src|\.vite)\//.test(file)),
    [],
  );
  const packages = files.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(file)?.[1] ?? []);
  assert.deepEqual(packages.sort(), [
    '@napi-rs/keyring',
    `@napi-rs/keyring-linux-${process.arch}-gnu`,
    '@node-rs/argon2',
    `@node-rs/argon2-linux-${process.arch}-gnu`,
    'better-sqlite3',
  ]);
  const { devDependencies, scripts, main } = JSON.parse(readFileSync(join(assembled.app, 'package.json'), 'utf8'));
  assert.deepEqual(
    { devDependencies, scripts, main },
    {
      devDependencies: undefined,
      scripts: undefined,
      main: 'build/desktop/main.js',
    },
  );
  const size = (of: readonly string[], folder: string) =>
    of.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  const mebibytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
  const outside = size(binaries, assembled.app);
  t.diagnostic(`${files.length} files, ${mebibytes(size(files, assembled.app))}, ${mebibytes(outside)} of it binaries`);
});

test('only the binaries of this system are outside the archive, whose checksum is right', () => {
  assert.deepEqual(
    files.filter((file) => file.endsWith('.node')),
    binaries,
  );
  assert.deepEqual(filesIn(join(assembled.folder, 'resources/app.asar.unpacked')), binaries);
});

test('a Windows package has the installed binaries for Windows, the same fuses and the checksum of the archive', (t) => {
  const forWindows = assemble('win');
  t.after(forWindows.remove);
  const prebuilt = [`node_modules/better-sqlite3/prebuilds/win32-${process.arch}.node`];
  assert.deepEqual(filesIn(join(forWindows.folder, 'resources/app.asar.unpacked')), prebuilt);
  const bundles = (of: readonly string[]) => of.filter((file) => file.startsWith('build/'));
  assert.deepEqual(bundles(filesIn(forWindows.app)), bundles(files));
  assert.equal(fusesOf(forWindows), fusesOf(assembled));
  assert.deepEqual(forWindows.warnings, []);
  // Electron compares this checksum with the archive.
  const { headerString } = getRawHeader(join(forWindows.folder, 'resources/app.asar'));
  const checksum = createHash('sha256').update(headerString).digest('hex');
  assert.ok(readFileSync(forWindows.program).includes(`"alg":"SHA256","value":"${checksum}"`));
});

test('electron-builder has no warnings, and the desktop file has the name that Electron reports', () => {
  assert.deepEqual(assembled.warnings, []);
  const { desktopName } = JSON.parse(readFileSync(join(assembled.app, 'package.json'), 'utf8'));
  const { linux, toolsets } = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'));
  assert.equal(desktopName, `${linux.executableName}.desktop`);
  assert.equal(linux.syncDesktopName, true, 'else it warns when it makes the AppImage');
  assert.match(toolsets.appimage, /^1\./, 'the older ones need libfuse2');
});

test('the fuses are set, the licences are included, and Chromium has one language', () => {
  // runAsNode, cookieEncryption, nodeOptions, nodeCliInspect, asarIntegrity, onlyLoadAppFromAsar, (snapshot), fileProtocol, (wasm)
  assert.equal(fusesOf(assembled), '000011001');
  const resources = filesIn(join(assembled.folder, 'resources'));
  for (const text of ['LICENSE.txt', 'THIRD-PARTY-LICENSES.txt']) assert.ok(resources.includes(text), text);
  assert.deepEqual(filesIn(join(assembled.folder, 'locales')), ['en-US.pak']);
});

test('the desktop bundle does not load the command line', () => {
  const lists: readonly { readonly name: string }[] = JSON.parse(
    readFileSync(join(root, 'build/desktop/.vite/license.json'), 'utf8'),
  );
  const names = lists.map(({ name }) => name);
  assert.ok(names.includes('zod'), names.join());
  assert.ok(!names.includes('commander'));
});

test('the package runs alone: the window, a token over HTTPS, the doctor, a backup', async (t) => {
  const place = desktopPlace();
  t.after(place.remove);
  const program = startStandIn(place, join(assembled.app, 'build/desktop/main.js'));
  t.after(() => program.kill('SIGKILL'));
  const { page, call, quit } = await program.desktop();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await exercise(call);
  // The keychain's binary loads, and reports why no keychain answers.
  assert.match((await call('vault.keychain', {})).details ?? '', /DBus/);
  await quit();
  assert.equal(await program.ended, 0);
});

test('the check of a release finds a broken package', (t) => {
  const folder = testFolder(t);
  const script = (name: string, text: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    return spawnSync(process.execPath, [join(import.meta.dirname, 'packaged.ts'), join(folder, name)], {
      encoding: 'utf8',
    });
  };
  const main = join(assembled.app, 'build/desktop/main.js');
  const good = script(
    'keyfob',
    `exec '${process.execPath}' --import '${root}/test/helpers/electron/register.mjs' '${main}'`,
  );
  assert.equal(good.status, 0, good.stderr);
  assert.match(good.stdout, /keyfob runs: a token, the doctor, a backup, its page\.$/m);
  const bad = script('broken', 'exit 7');
  assert.equal(bad.status, 1);
  assert.match(bad.stderr, /broken does not answer; its exit code is 7/);
});
