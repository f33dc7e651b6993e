import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { place } from './keyfob.ts';

test('keys of another server by command, with the secret from standard input', async (t) => {
  const here = place(t);
  await here.serve('--port 0 --json --no-window');
  const { bash } = here;
  await bash('keyfob applications create --name Shop');
  const file = (name: string, text: string): string => {
    const path = join(here.home, '..', name);
    writeFileSync(path, text);
    return `'${path}'`;
  };
  const secret = `a 'hostile" s:cret%41+\\`;
  const base64 = Buffer.from(`key:${secret}`).toString('base64');
  const sample = file(
    'sample.sh',
    `curl -k -X POST \\\n  https://gw.test:8243/token \\\n  -H "Authorization: Basic ${base64}"\n`,
  );
  const read = await bash(`keyfob keys read-command --command - < ${sample}`);
  assert.match(read.stdout, /^token url +https:\/\/gw\.test:8243\/token$/im);
  assert.ok(read.stdout.includes(secret), read.stdout);
  assert.match(read.stderr, /^Derived from the token address, so check/m);

  const keys = '--application Shop --key-type PRODUCTION';
  const server = '--kind wso2-3.2 --token-url https://gw.test:8243/token --consumer-key key';
  const piped = `--consumer-secret - < ${file('secret.txt', `${secret}\n`)}`;
  const created = await bash(`keyfob keys provide ${keys} ${server} ${piped}`);
  assert.equal(created.stdout, '✓ Stored the PRODUCTION keys of "Shop", which gw.test:8243 issued.\n', created.stderr);
  assert.equal(JSON.parse((await bash(`keyfob keys reveal ${keys} --json`)).stdout).consumerSecret, secret);
  assert.match((await bash('keyfob keys list')).stdout, /^Shop +PRODUCTION +key +provided +ACTIVE/m);
  const snippet = await bash(`keyfob snippets render ${keys}`);
  assert.match(snippet.stdout, /^curl https:\/\/gw\.test:8243\/token /);
  const ran = await bash(`keyfob snippets run ${keys}`);
  assert.deepEqual([ran.code, /gw\.test is another address/.test(ran.stderr)], [2, true], ran.stderr);

  const regenerated = await bash(`keyfob keys regenerate-secret ${keys}`);
  assert.match(regenerated.stderr, /gw\.test:8243 issued these keys\..*`keyfob keys update-server`/);
  const short = await bash(`keyfob keys update-server ${keys} --consumer-secret - < ${file('short.txt', 'short')}`);
  assert.match(
    short.stdout,
    /^✓ Updated the server of .*\. A consumer secret of fewer than 16 characters is easily guessed\.\n$/,
  );
  const off = await bash(`keyfob keys update-server ${keys} --no-served-here`);
  assert.equal(off.stdout, '✓ Updated the server of the PRODUCTION keys of "Shop".\n', off.stderr);
  assert.match((await bash(`keyfob tokens issue ${keys}`)).stderr, /not served here/);
  const authority = `--ca-certificate "$(cat ${file('ca.pem', 'no PEM')})"`;
  assert.match((await bash(`keyfob keys update-server ${keys} ${authority}`)).stderr, /-----BEGIN CERTIFICATE-----/);
});
