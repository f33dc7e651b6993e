import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { settingsValues } from '../../preload/contract/settings/settings.ts';
import { place } from '../cli/keyfob.ts';
import { instruction, wordsOf } from './dockerfile.ts';
import { openPage } from './exercise.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(realpathSync(tmpdir()), 'keyfob-tarball-'));
const keyfob = join(folder, 'installed/node_modules/.bin/keyfob');
const installed = join(folder, 'installed/node_modules/keyfob-desktop');
const { version, private: isPrivate } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** The Node of the tests comes first, as on a user's machine. */
const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, PATH } });
  assert.equal(status, 0, `${command} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

before(() => {
  run('npm', ['pack', '--pack-destination', folder], root);
  writeFileSync(join(folder, 'package.json'), '{ "name": "elsewhere", "private": true }');
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--no-save'];
  const place = ['--prefix', join(folder, 'installed')];
  run('npm', ['install', ...quietly, ...place, join(folder, `keyfob-desktop-${version}.tgz`)], folder);
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('the tarball has bundles, entries and documents, but no sources, and depends on binary packages only', () => {
  const files = globSync('**/*', { cwd: installed, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1));
  // npm always adds the file in `main`, which is Electron's entry.
  const expected =
    /^(build\/(desktop\/main\.js|main\/(?:\w[\w.-]*\.js|node\.d\.ts)|renderer\/(assets\/)?\w[^/]*|THIRD-PARTY-LICENSES\.txt)|main\/(cli|system\/nodeVersion)\.mjs|package\.json|LICENSE|(README|CHANGELOG|SECURITY)\.md)$/;
  assert.deepEqual(
    files.filter((file) => !expected.test(file)),
    [],
  );
  for (const file of ['LICENSE', 'build/THIRD-PARTY-LICENSES.txt', 'build/renderer/index.html', 'build/main/cli.js']) {
    assert.ok(files.includes(file), file);
  }
  assert.equal(isPrivate, true, 'else it could be published by mistake');
  const packages = readdirSync(dirname(installed)).filter((name) => !name.startsWith('.'));
  assert.deepEqual(packages, ['@napi-rs', '@node-rs', 'better-sqlite3', 'keyfob-desktop', 'node-addon-api']);
});

test('the installed command prints its version and commands', () => {
  assert.equal(run(keyfob, ['--version'], folder), `${version}\n`);
  const help = run(keyfob, ['--help'], folder);
  for (const topic of ['applications', 'devices', 'serve', 'window', 'backup', 'doctor']) {
    assert.match(help, new RegExp(`^ {2}${topic} `, 'm'));
  }
});

test('the installed command mints a token, creates a backup and runs the doctor', async (t) => {
  const here = place(t, keyfob);
  assert.equal((await here.bash('keyfob vault create --mode passphrase')).code, 0);
  await here.json('keyfob applications create --name Shop --json');
  await here.json('keyfob keys generate --application Shop --key-type PRODUCTION --json');
  const issued = await here.json('keyfob tokens issue --application Shop --key-type PRODUCTION --json');
  assert.match((issued as { accessToken: string }).accessToken, /^[\w-]{28}$/);
  const env = { KEYFOB_BACKUP_PASSPHRASE: 'the passphrase of a backup' };
  const backup = await here.bash(`keyfob backup export --file all.age && keyfob backup preview --file all.age`, env);
  assert.equal(backup.code, 0, backup.stderr);
  const { items } = JSON.parse((await here.bash('keyfob doctor --json')).stdout);
  assert.match(items.find(({ check }: { check: string }) => check === 'Database').found, /sound/);
});

test('the installed package starts a Keyfob inside a test, with types', () => {
  const place = join(folder, 'installed');
  const program = `import { startKeyfob } from 'keyfob-desktop';
await using keyfob = await startKeyfob({ seed: { keyfob: 1, applications: [{ name: 'Shop', keys: { PRODUCTION: {} } }] } });
const { accessToken } = await keyfob.token({ application: 'Shop' });
console.log(accessToken.length, keyfob.ca.startsWith('-----BEGIN'));
`;
  writeFileSync(join(place, 'program.mts'), program);
  assert.equal(run(process.execPath, ['program.mts'], place), '28 true\n');
  const tsc = [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '--strict', '--module', 'nodenext'];
  const options = ['--target', 'esnext', '--lib', 'esnext,dom', '--types', ''];
  run(process.execPath, [...tsc, ...options, 'program.mts'], place);
  writeFileSync(join(place, 'wrong.mts'), program.replace("application: 'Shop' }", "aplication: 'Shop' }"));
  const { status } = spawnSync(process.execPath, [...tsc, ...options, 'wrong.mts'], { cwd: place });
  assert.notEqual(status, 0, 'the types are checked');
});

test('the steps of the Dockerfile run: another user, no home, one folder to write', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('Only root can run a program as another user.');
  const at = mkdtempSync(join(realpathSync(tmpdir()), 'keyfob-image-'));
  t.after(() => rmSync(at, { recursive: true, force: true }));
  const inside = (text: string) => text.replaceAll('/share', join(at, 'share')).replaceAll('/seed', join(at, 'seed'));
  run('sh', ['-c', inside(instruction('RUN'))], at);
  run('sh', ['-c', inside('install -d -m 1777 /share/../tmp && install -d /seed')], at);
  writeFileSync(join(at, 'seed/keyfob.yaml'), 'keyfob: 1\napplications: [{ name: Shop, keys: { PRODUCTION: {} } }]\n');
  for (const one of [at, folder]) chmodSync(one, 0o755);
  const [uid = '', gid = ''] = instruction('USER').split(':');
  assert.ok(Number(uid) > 0 && Number(gid) > 0, 'not root');
  const alone = [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--bounding-set=-all',
    '--no-new-privs',
  ];
  const env = { PATH: [dirname(keyfob), PATH].join(delimiter), TMPDIR: join(at, 'tmp') };
  const [, ...args] = [...alone, ...wordsOf(instruction('ENTRYPOINT')), ...wordsOf(instruction('CMD')).map(inside)];
  // The image has its own network, and this machine does not.
  const child = spawn('setpriv', [...args, '--port', '0'], { env, cwd: '/', stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const [line] = await once(createInterface(child.stdout), 'line');
  const { port, addresses } = JSON.parse(line);
  assert.ok(addresses.includes('0.0.0.0'));
  assert.equal(instruction('EXPOSE'), String(settingsValues.parse({}).port), 'where `keyfob health` looks');
  const [check = '', ...words] = wordsOf(instruction('HEALTHCHECK'));
  const healthy = spawnSync(check, [...words, '--url', `https://127.0.0.1:${port}`], { env, encoding: 'utf8' });
  assert.deepEqual([healthy.status, healthy.stdout], [0, 'ready\n']);
  assert.match(readFileSync(join(at, 'share/ca.pem'), 'utf8'), /BEGIN CERTIFICATE/);
  child.kill(instruction('STOPSIGNAL') as NodeJS.Signals);
  assert.deepEqual(await ended, [0, null]);
  assert.deepEqual(
    readdirSync(join(at, 'tmp')).filter((name) => name.includes('ephemeral')),
    [],
  );
});

test('the installed command serves the endpoint and the window', async (t) => {
  const here = place(t, keyfob);
  const serving = await here.serve('--port 0 --json');
  const { windowUrl } = JSON.parse(serving.line);
  await here.json('keyfob applications create --name Shop --json');
  await here.json('keyfob keys generate --application Shop --key-type PRODUCTION --json');
  const snippet =
    'keyfob snippets render --application Shop --key-type PRODUCTION --username admin --device ipad --secrets real';
  await here.bash('keyfob users setPassword --user admin --password s3cret');
  const answered = await here.bash(`eval "$(${snippet}) -sS"`);
  assert.equal(JSON.parse(answered.stdout).scope, 'device_ipad', answered.stderr);

  await openPage(windowUrl);
  serving.kill('SIGTERM');
  assert.equal((await serving.ended).code, 0);
});

test('the installed command runs in a read-only folder', (t) => {
  const folders = ['', 'build', 'build/main', 'main'].map((name) => join(installed, name));
  rmSync(join(installed, 'build/cache'), { recursive: true, force: true });
  for (const name of folders) chmodSync(name, 0o555);
  t.after(() => {
    for (const name of folders) chmodSync(name, 0o755);
  });
  // Root may write everywhere, unless it drops that capability.
  const asOthers = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : [];
  const [command = '', ...args] = [...asOthers, keyfob, '--version'];
  assert.equal(run(command, args, folder), `${version}\n`);
  assert.ok(!readdirSync(join(installed, 'build')).includes('cache'));
});

test('under an old Node the installed command prints what to install', () => {
  const old = join(folder, 'old.mjs');
  writeFileSync(
    old,
    `const versions = { ...process.versions, node: '20.11.0' };
     Object.defineProperties(process, { versions: { value: versions }, version: { value: 'v20.11.0' } });`,
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', old, keyfob, '--help'], {
    encoding: 'utf8',
  });
  assert.deepEqual([status, stdout], [1, '']);
  assert.equal(
    stderr,
    'Keyfob needs Node 24 or newer, but this is v20.11.0. Install it from https://nodejs.org, then start Keyfob again.\n',
  );
});
