import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { place } from './keyfob.ts';

const text = `keyfob: 1
users: [{ username: tester, password: "\${TESTER_PASSWORD}" }]
applications:
  - name: Shop
    keys: { PRODUCTION: { consumerKey: shop_key_for_tests, consumerSecret: "\${SHOP_SECRET}" } }
    devices: [{ user: tester, names: [ipad] }]
`;

test('apply creates what a file describes, once; diff, export and schema need no other words', async (t) => {
  const here = place(t);
  writeFileSync(join(dirname(here.home), 'keyfob.yaml'), text);
  const schema = await here.bash('keyfob schema');
  assert.equal(JSON.parse(schema.stdout).title, 'keyfob.yaml');
  assert.equal(existsSync(here.home), false, 'the schema needs no data folder');
  await here.serve('--port 0 --no-window');

  const missing = await here.bash('keyfob apply -f keyfob.yaml');
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /no value for TESTER_PASSWORD, SHOP_SECRET\./);

  const env = { TESTER_PASSWORD: 'canary-one', SHOP_SECRET: 'canary-two', OTHER_SECRET: 'canary-three' };
  const diff = await here.bash('keyfob apply -f keyfob.yaml --diff', env);
  assert.match(
    diff.stdout,
    /^\+ user:tester\n\+ application:Shop\n(?:.*\n)*.*An apply would do 4 changes; 0 parts unchanged\.\n$/,
  );
  const applied = await here.bash('keyfob apply -f keyfob.yaml', env);
  assert.match(applied.stdout, /Applied 4 changes/, applied.stderr);
  const again = await here.bash('keyfob apply --file keyfob.yaml', env);
  assert.match(again.stdout, /^✓ Nothing to change; 4 parts unchanged\.\n$/);

  const exported = await here.bash('keyfob export --format yaml');
  assert.match(exported.stdout, /^keyfob: 1\n(?:.*\n)*.*consumerSecret: \$\{SHOP_PRODUCTION_SECRET\}/);
  assert.match(exported.stderr, /set USER_TESTER_PASSWORD, SHOP_PRODUCTION_SECRET to the secrets/);
  const all = [diff, applied, again, exported].flatMap(({ stdout, stderr }) => [stdout, stderr]).join('');
  assert.doesNotMatch(all, /canary/);

  const help = await here.bash('keyfob help apply; keyfob help');
  assert.match(help.stdout, /--prune <choice\.\.\.>/);
  assert.match(help.stdout, /\n {2}apply {2,}Create and change/);

  writeFileSync(join(dirname(here.home), 'bad.yaml'), 'keyfob: 1\nusers:\n  - { username: ann, pasword: x }\n');
  const bad = await here.bash('keyfob apply -f bad.yaml');
  assert.equal(bad.code, 2);
  assert.match(bad.stderr, /^Line 3, column 22: pasword is unknown here\. Did you mean "password"\?/);
});

test('secrets come from files next to the file; a sealed export opens by passphrase, and one in clear is for its owner only', async (t) => {
  const here = place(t);
  const folder = dirname(here.home);
  mkdirSync(join(folder, 'shop/secrets'), { recursive: true });
  const file = join(folder, 'shop/keyfob.yaml');
  const at = (path: string) =>
    text.replace(`\${TESTER_PASSWORD}`, `\${file:${path}}`).replace(`\${SHOP_SECRET}`, 'in-clear');
  writeFileSync(join(folder, 'shop/secrets/tester'), 'canary-four\n\n');
  // Neither a comment nor an escaped dollar sign names a file.
  writeFileSync(file, `${at('secrets/tester')}# \${file:nosuch}\nscopes: [{ name: "$\${file:x}" }]\n`);
  const applied = await here.bash('keyfob apply -f shop/keyfob.yaml');
  assert.equal(applied.code, 0, applied.stderr);
  const revealed = (await here.json('keyfob users reveal --user tester --json')) as { readonly password: string };
  assert.equal(revealed.password, 'canary-four\n', 'one line end less');
  writeFileSync(join(folder, 'shop/secrets/empty'), '\n');
  writeFileSync(join(folder, 'shop/secrets/long'), 'x'.repeat(65_537));
  for (const [path, message] of [
    ['secrets/nosuch', /^Cannot read secrets\/nosuch, which the keyfob\.yaml names\. Check path/],
    ['secrets/empty', /secrets\/empty, which the keyfob\.yaml names, is empty\./],
    ['secrets/long', /more than 64 KiB/],
  ] as const) {
    writeFileSync(file, at(path));
    const { code, stderr } = await here.bash('keyfob apply -f shop/keyfob.yaml');
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
  }

  const env = { KEYFOB_BACKUP_PASSPHRASE: 'the passphrase of an export' };
  const sealed = await here.bash('keyfob export --secrets age > sealed.age', env);
  assert.equal(sealed.code, 0, sealed.stderr);
  assert.match(readFileSync(join(folder, 'sealed.age'), 'utf8'), /^-----BEGIN AGE ENCRYPTED FILE-----\n/);
  const same = await here.bash('keyfob apply -f sealed.age', env);
  assert.match(same.stdout, /Nothing to change/, same.stderr);
  assert.match((await here.bash('keyfob apply -f sealed.age')).stderr, /^Backup passphrase missing/);

  const refused = await here.bash('keyfob export --secrets real');
  assert.deepEqual([refused.code, refused.stdout], [2, '']);
  assert.match(refused.stderr, /name a --file/);
  const real = await here.bash('umask 0; keyfob export --secrets real --file real.yaml');
  assert.match(real.stdout, /Wrote real\.yaml/, real.stderr);
  assert.equal(statSync(join(folder, 'real.yaml')).mode & 0o777, 0o600);
  assert.match(readFileSync(join(folder, 'real.yaml'), 'utf8'), /^# This file holds real secrets(?:.*\n)*.*in-clear/);
  assert.equal((await here.bash('keyfob export --secrets real --file real.yaml')).code, 2, 'an existing file stays');
  const nowhere = await here.bash('keyfob export --file nosuch/keyfob.yaml');
  assert.match(nowhere.stderr, /^nosuch\/keyfob\.yaml cannot be found or created\. Check the path/);
});
