import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { before, test } from 'node:test';
import { buildStale } from '../../main/packaging/build.ts';
import { licenseText, type Shipped, shipped } from '../../main/packaging/licenses.ts';
import { mayShip } from '../../main/packaging/spdx.ts';

const root = resolve(import.meta.dirname, '../..');
let packages: readonly Shipped[] = [];
before(() => {
  assert.equal(buildStale(['cli', 'desktop', 'preload', 'renderer']), 0);
  packages = shipped(root);
});

/** The packages that shipped sources import. */
function imported(): readonly string[] {
  const sources = globSync(['main/*/**/*.ts', 'main/*.ts', 'preload/**/*.ts', 'renderer/**/*.{ts,tsx}'], {
    cwd: root,
    exclude: ['main/packaging/**'],
  });
  const found = sources.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const names = text.matchAll(/^(?:import|export) (?!type ).*?from '([^'.][^']*)'|import\('([^'.][^']*)'\)/gm);
    return [...names].map(([, still = '', later = still]) => /^(@[^/]+\/)?[^/]+/.exec(later)?.[0] ?? '');
  });
  return [...new Set(found)].filter((name) => !name.startsWith('node:') && name !== 'electron').sort();
}

test('every shipped package is listed with its licence text', () => {
  const names = new Set(packages.map(({ name }) => name));
  const wanted = imported();
  for (const some of ['better-sqlite3', 'react', 'zod', 'age-encryption']) assert.ok(wanted.includes(some), some);
  // This package only re-exports its own packages.
  assert.deepEqual(
    wanted.filter((name) => !names.has(name)),
    ['radix-ui'],
  );
  assert.ok(names.has('@radix-ui/react-dialog') && names.has('scheduler'), 'what those need in turn');
  assert.ok(names.has('node-addon-api') && names.has(`@napi-rs/keyring-linux-${process.arch}-gnu`));
  const text = licenseText(packages);
  for (const { name, version, identifier, text: own = '' } of packages) {
    assert.ok(text.includes(`\n${name} ${version} (${identifier})\n`), name);
    assert.match(own, /permission|licensed under|redistribution/i, name);
    assert.ok(text.includes(own.trim()), name);
  }
});

test('a missing, forbidden or empty licence fails the build', () => {
  const good: Shipped = { name: 'a', version: '1.0.0', identifier: 'MIT', text: 'Permission is granted' };
  assert.match(licenseText([good]), /^a 1\.0\.0 \(MIT\)$/m);
  const { identifier, text, ...bare } = good;
  assert.throws(() => licenseText([good, { ...bare, identifier: 'GPL-3.0-only', text: 'GNU' }]), /cannot be shipped/);
  assert.throws(() => licenseText([{ ...bare, text: 'Permission' }]), /cannot be shipped under ""/);
  assert.throws(() => licenseText([{ ...bare, identifier: 'MIT' }]), /no licence text/);
});

test('one allowed alternative is enough', () => {
  for (const fit of ['MIT', 'MIT OR GPL-3.0-only', '(MIT OR Apache-2.0) AND Unicode-3.0', 'MIT OR (GPL-2.0 AND ISC)']) {
    assert.ok(mayShip(fit), fit);
  }
  for (const unfit of [
    '',
    'GPL-2.0',
    'LGPL-3.0-or-later',
    'MIT AND GPL-3.0-only',
    '(MIT AND GPL-2.0) OR AGPL-3.0',
    'MITX',
  ]) {
    assert.ok(!mayShip(unfit), unfit);
  }
});

test('the listed parts of a binary have allowed licences', () => {
  const { text = '' } = packages.find(({ name }) => name.startsWith('@napi-rs/keyring-')) ?? {};
  const crates = [...text.matchAll(/^\| (\S+) \| \d\S* \| (.+) \|$/gm)];
  assert.ok(crates.length > 50, String(crates.length));
  const libraries = [...text.matchAll(/licensed under\s+`([^`]+)`/g)].map(([, expression = '']) => expression);
  assert.deepEqual(libraries, ['AFL-2.1 OR GPL-2.0-or-later'], 'that of libdbus, of which we take the first');
  assert.ok(libraries.every(mayShip));
  assert.deepEqual(
    crates.filter(([, , expression = '']) => !mayShip(expression)).map(([row]) => row),
    [],
  );
});
