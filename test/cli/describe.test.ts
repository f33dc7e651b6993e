import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
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
