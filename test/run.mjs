// The test command. `node test/run.mjs` runs everything; `node test/run.mjs check` only what is quick.
// Prints each suite as it goes and ends with `N passed, N failed`, the sum of all of them.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const root = join(import.meta.dirname, '..');
process.chdir(root);

if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `The tests need Node 24, this is ${process.version}. Run them as \`npm test\`, which uses the one in node_modules, ` +
      'where `npm ci` puts it.\n0 passed, 1 failed\n',
  );
  process.exit(1);
}

const quickOnly = process.argv[2] === 'check';
// Most files import the same program. With this they compile it once, which saves a fifth of their processor time.
process.env.NODE_COMPILE_CACHE ??= join(root, 'build/cache');
const { findChromium } = await import('./ui/harness/chromium.ts');

/** What suites need from the system, and the Debian package that brings it. */
const needs = [
  { what: 'dbus-run-session', package: 'dbus', also: 'dbus-x11' },
  { what: 'gnome-keyring-daemon', package: 'gnome-keyring' },
  { what: 'strace', package: 'strace' },
  { what: 'curl', package: 'curl' },
  { what: 'wget', package: 'wget' },
  { what: 'openssl', package: 'openssl' },
  { what: 'age', package: 'age' },
  { what: 'certutil', package: 'libnss3-tools' },
  {
    what: 'update-ca-certificates',
    package: 'ca-certificates',
    isThere: () => existsSync('/usr/sbin/update-ca-certificates'),
  },
  { what: 'http', package: 'httpie' },
  { what: 'php', package: 'php-cli' },
  {
    what: 'php with curl',
    package: 'php-curl',
    isThere: () => spawnSync('php', ['-r', 'exit((int) !extension_loaded("curl"));']).status === 0,
  },
  ...['requests', 'httpx', 'requests-oauthlib', 'authlib', 'jwt', 'cryptography'].map((name) => ({
    what: `python3 with ${name}`,
    package: `python3-${name}`,
    isThere: () => spawnSync('/usr/bin/python3', ['-c', `import ${name.replace('-', '_')}`]).status === 0,
  })),
  { what: 'Chromium or Chrome (or KEYFOB_CHROMIUM)', package: 'chromium', isThere: () => findChromium() !== undefined },
];

const isThere = ({ what, isThere: look }) =>
  look?.() ?? (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, what)));

const missing = () => needs.filter((need) => !isThere(need));

const installMissing = () => {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const packages = missing().flatMap((need) => [need.package, ...(need.also ? [need.also] : [])]);
  if (packages.length === 0) return;
  process.stdout.write(`Installing ${packages.join(' ')}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-q'], { stdio: ['ignore', 'ignore', 'inherit'], env });
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
};

let passed = 0;
let failed = 0;

const finish = () => {
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
};

/** A static check counts as one. */
const check = (name, command, args) => {
  const { status } = spawnSync(join('node_modules/.bin', command), args, { stdio: 'inherit' });
  process.stdout.write(`${status === 0 ? '✔' : '✖'} ${name}\n`);
  if (status === 0) passed += 1;
  else failed += 1;
};

const suite = (name, files, concurrency) =>
  new Promise((resolve) => {
    process.stdout.write(`\n── ${name} (${files.length} files)\n`);
    if (files.length === 0) {
      process.stdout.write('✖ no test files were found\n');
      failed += 1;
      resolve();
      return;
    }
    const stream = run({ files: files.map((file) => join(root, file)), concurrency });
    stream.on('test:summary', ({ file, counts }) => {
      if (file !== undefined) return;
      passed += counts.passed;
      failed += counts.failed + counts.cancelled + counts.skipped + counts.todo;
    });
    stream.on('end', resolve);
    stream.compose(new spec()).pipe(process.stdout, { end: false });
  });

/** All tests of Playwright's report, however its suites are nested. */
const testsIn = ({ suites = [], specs = [] }) => [...suites.flatMap(testsIn), ...specs.flatMap((spec) => spec.tests)];

/** The specs of the window, in a real browser. What is skipped must say why, else it has failed. */
const windowSuite = () => {
  process.stdout.write('\n── window\n');
  const report = 'test-results/ui.json';
  rmSync(report, { force: true });
  const { status } = spawnSync('node_modules/.bin/playwright', ['test'], { stdio: 'inherit' });
  if (!existsSync(report)) {
    process.stdout.write('✖ the specs of the window did not run\n');
    failed += 1;
    return;
  }
  const { errors, ...suites } = JSON.parse(readFileSync(report, 'utf8'));
  const tests = testsIn(suites);
  const why = ({ annotations }) =>
    annotations.find(({ type, description }) => type === 'skip' && description)?.description;
  const good = tests.filter(({ status }) => status === 'expected');
  const bad = tests.filter((test) => !good.includes(test) && !(test.status === 'skipped' && why(test)));
  passed += good.length;
  for (const reason of new Set(tests.filter((test) => test.status === 'skipped').map(why))) {
    process.stdout.write(`– not run: ${reason}\n`);
  }
  // A runner that fails beside its tests has failed as well.
  failed += Math.max(bad.length + errors.length, status === 0 && tests.length > 0 ? 0 : 1);
};

if (!quickOnly) {
  installMissing();
  const still = missing();
  if (still.length > 0) {
    process.stderr.write(
      `Missing for the tests: ${still.map(({ what }) => what).join(', ')}. ` +
        `On Debian: sudo apt-get install ${still.map((need) => need.package).join(' ')}\n`,
    );
    failed += still.length;
    finish();
  }
}

check('format and lint', 'biome', ['check', '--error-on-warnings']);
check('types', 'tsc', ['-b']);
check('dead code and dependencies', 'knip', []);

/** No test is timed, and a file waits for a disk or a process more than half of its time: five keep two cores busy. */
const filesAtOnce = 5;

/** Rooms whose tests are quick. The first one mostly waits, so it must not come last. */
const quick = [
  'browserHost',
  'engine',
  'store',
  'snippets',
  'exports',
  'transport',
  'platform',
  'system',
  'listener',
  'endpoint',
  'window',
  'theme',
  'ui',
];
/** The longest come first, so that none of them runs alone at the end. */
const longest = ['app/rotationCrash', 'app/crash', 'app/canary', 'cli/commands', 'walls'].map(
  (name) => `test/${name}.test.ts`,
);

if (quickOnly) {
  await suite(
    'rooms',
    quick.flatMap((room) => globSync(`test/${room}/**/*.test.ts`).sort()),
    filesAtOnce,
  );
} else {
  check('build', 'node', ['main/packaging/build.ts']);
  // Commands and servers of the program's tests start from this bundle.
  process.env.KEYFOB_TEST_ENTRY = 'build/main/cli.js';
  const packages = globSync('test/packaging/*.test.ts').sort();
  const others = globSync('test/**/*.test.ts').sort();
  const program = new Set([...longest, ...others].filter((file) => !packages.includes(file)));
  await suite('program', [...program], filesAtOnce);
  delete process.env.KEYFOB_TEST_ENTRY;
  // `npm pack` builds again what other tests look at.
  await suite('packages', packages, 1);
  windowSuite();
}
finish();
