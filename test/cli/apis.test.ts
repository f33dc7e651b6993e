import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { place } from './keyfob.ts';

test('APIs, subscriptions and tiers by command, with names completed', async (t) => {
  const here = place(t);
  const serving = await here.serve('--port 0 --json --no-window');
  const { bash } = here;
  await bash('keyfob applications create --name Shop');
  const created = await bash(
    'keyfob apis create --name orders --production-backend http://localhost:7001 --sandbox-backend none',
  );
  assert.match(
    created.stdout,
    /^✓ Created API "orders\/1\.0\.0" at https:\/\/localhost:\d+\/orders\/1\.0\.0\n$/,
    created.stderr,
  );
  assert.match(created.stderr, /^Next: keyfob subscriptions create --application <name> --api orders\/1\.0\.0$/m);
  await bash('keyfob apis set-resource --api orders --verb get --template "/orders/{id}" --scopes read --scopes write');
  const read = await bash('keyfob apis read --api orders');
  assert.match(read.stdout, /^base path +\/orders\/1\.0\.0$/m);
  assert.match(read.stdout, /^sandbox backend +none$/m);
  assert.match(read.stdout, /\n\nResources\nverb +template +auth type +scopes +tier\n/);
  assert.match(read.stdout, /^GET +\/orders\/\{id\} +Any +read, write +Unlimited$/m);
  const subscribed = await bash('keyfob subscriptions create --application Shop --api orders --tier Gold');
  assert.equal(subscribed.stdout, '✓ Created subscription 1 of "Shop" to "orders/1.0.0" (Gold, UNBLOCKED).\n');
  const list = await bash('keyfob apis list');
  assert.match(
    list.stdout,
    /^\d+ +orders +1\.0\.0 +\/orders\/1\.0\.0 +PUBLISHED +http:\/\/localhost:7001 +none +no +Unlimited$/m,
  );
  const tier = await bash(
    'keyfob tiers create --level subscription --name Trial --limit 3 --window-length 2 --window-unit hour',
  );
  assert.equal(tier.stdout, '✓ Created the subscription tier "Trial" (3 requests per 2 hours).\n');
  const wrong = await bash('keyfob subscriptions create --application Shop --api order/1.0.0');
  assert.deepEqual(
    [wrong.code, wrong.stderr],
    [1, 'No API named "order/1.0.0". Did you mean "orders/1.0.0"? (`keyfob apis list` shows all.)\n'],
  );

  const ask = `source <(keyfob completion bash)
    offers() { COMP_WORDS=(keyfob "$@"); COMP_CWORD=$#; _keyfob; local IFS='|'; printf '%s\\n' "\${COMPREPLY[*]}"; }
    offers apis read --api o; offers subscriptions create --tier T; offers apis update --tier 1; offers applications create --tier 1
    offers subscriptions delete --subscription ''; offers tiers delete --level subscription --name G`;
  assert.deepEqual((await bash(ask)).stdout.trimEnd().split('\n'), [
    'orders/1.0.0',
    'Trial',
    '10KPerMin',
    '10PerMin',
    '1',
    'Gold',
  ]);

  const file = join(here.home, '..', 'pets.yaml');
  writeFileSync(file, 'openapi: 3.0.0\ninfo: {title: Pets, version: "1"}\npaths: {/pets: {get: {}}}\n');
  const preview = await bash(`keyfob apis import-open-api --file '${file}' --preview`);
  assert.match(preview.stdout, /^Would save API "Pets\/1" at .*\nverb .*\nGET +\/pets .*\n$/);
  assert.match(preview.stderr, /echo answers/);
  const imported = await bash(`keyfob apis import-open-api --file '${file}'`);
  assert.match(imported.stdout, /^✓ Created API "Pets\/1" at /);
  writeFileSync(file, 'openapi: 3.0.0\ninfo: a: b');
  const broken = await bash(`keyfob apis import-open-api --file '${file}'`);
  assert.equal(broken.code, 2);
  assert.match(broken.stderr, /^The document cannot be read\. Line 2, column \d+: /);
  const deleted = await bash('keyfob apis delete --api orders');
  assert.equal(deleted.stdout, '✓ Deleted API "orders/1.0.0" with 1 subscription.\n');
  serving.kill('SIGTERM');
  await serving.ended;
});
