import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createCa } from '../../main/platform/certificates/certificate.ts';
import { place } from './keyfob.ts';

const yaml = `keyfob: 1
users: [{ username: tester, password: s3cret }]
applications:
  - name: Shop
    keys: { PRODUCTION: { consumerKey: shop_key_for_tests, consumerSecret: "\${SHOP_SECRET:-shop-secret}" } }
    subscriptions: [echo/1.0]
`;

const address = `os.environ['KEYFOB_BASE_URL'] + '/echo/1.0'`;
const python = `import os, urllib.request, requests, httpx
url, headers = ${address}, {'Authorization': 'Bearer ' + os.environ['KEYFOB_ACCESS_TOKEN_IPAD']}
print('urllib', urllib.request.urlopen(urllib.request.Request(url, headers=headers)).status)
print('requests', requests.get(url, headers=headers).status_code)
print('httpx', httpx.get(url, headers=headers).status_code)
`;
const node = `const { KEYFOB_BASE_URL, KEYFOB_ACCESS_TOKEN } = process.env;
const { status } = await fetch(KEYFOB_BASE_URL + '/echo/1.0', { headers: { authorization: 'Bearer ' + KEYFOB_ACCESS_TOKEN } });
console.log('node', status);
`;
const java = `import java.net.URI;
import java.net.http.*;
class Call {
  public static void main(String[] args) throws Exception {
    var uri = URI.create(System.getenv("KEYFOB_BASE_URL") + "/echo/1.0");
    var token = "Bearer " + System.getenv("KEYFOB_ACCESS_TOKEN");
    var request = HttpRequest.newBuilder(uri).header("Authorization", token).build();
    System.out.println("java " + HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
  }
}
`;
const shell = `curl -sS -o /dev/null -w 'curl %{http_code}\\n' -H "Authorization: Bearer $KEYFOB_ACCESS_TOKEN" "$KEYFOB_BASE_URL/echo/1.0"
wget -q -O /dev/null --header "Authorization: Bearer $KEYFOB_ACCESS_TOKEN" "$KEYFOB_BASE_URL/echo/1.0" && echo wget 200
curl -sS -o /dev/null -w 'token %{http_code}\\n' -u "$KEYFOB_CONSUMER_KEY:$KEYFOB_CONSUMER_SECRET" -d grant_type=client_credentials "$KEYFOB_TOKEN_URL"
/usr/bin/python3 call.py
'${process.execPath}' call.mjs
`;

/** A place with programs that call the echo API without a flag for certificates. Its temporary folder has a space and a quote. */
function prepare(t: TestContext) {
  const here = place(t);
  const folder = dirname(here.home);
  const TMPDIR = join(folder, "a 'tmp'");
  mkdirSync(TMPDIR);
  const files = { 'keyfob.yaml': yaml, 'call.py': python, 'call.mjs': node, 'Call.java': java, 'call.sh': shell };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const env = { TMPDIR, KEYFOB_PASSPHRASE: undefined };
  return {
    here,
    folder,
    env,
    leftOver: () => readdirSync(TMPDIR).filter((name) => /^keyfob-(?:run|ephem)/.test(name)),
  };
}

test('curl, wget, Python, Node and Java call a seeded endpoint without a flag, and nothing is left', async (t) => {
  const { here, env, leftOver } = prepare(t);
  const { code, stdout, stderr } = await here.bash(
    'keyfob run --seed keyfob.yaml -u tester -d ipad -- bash call.sh',
    env,
  );
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    stdout.trimEnd().split('\n'),
    ['curl', 'wget', 'token', 'urllib', 'requests', 'httpx', 'node'].map((client) => `${client} 200`),
    stderr,
  );
  assert.deepEqual(leftOver(), []);
  if (!existsSync('/usr/bin/java')) {
    t.diagnostic('Java is not installed, so its client did not run.');
    return;
  }
  const called = await here.bash('keyfob run --seed keyfob.yaml -- /usr/bin/java Call.java', env);
  assert.equal(called.stdout, 'java 200\n', called.stderr);
});

test('the program gets no secret of the vault, and keeps the certificates and options of its environment', async (t) => {
  const { here, folder, env } = prepare(t);
  const company = (await createCa({ installationId: 'company', nowMs: Date.now() })).certificatePem;
  writeFileSync(join(folder, 'company.pem'), company);
  const print = `const fs = require('node:fs');
    const { env } = process;
    const has = (name) => fs.readFileSync(env[name], 'utf8').includes(fs.readFileSync('company.pem', 'utf8').trim());
    console.log(JSON.stringify({ env, company: ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'].filter(has),
      rest: fs.readFileSync(env.REQUESTS_CA_BUNDLE, 'utf8').split('BEGIN CERT').length, mode: fs.statSync(env.KEYFOB_CA.replace(/[^/]*$/, '')).mode & 0o777 }))`;
  writeFileSync(join(folder, 'print.cjs'), print);
  const given = {
    ...{ KEYFOB_PASSPHRASE: 'passphrase-canary', KEYFOB_RECOVERY_KEY: 'recovery-canary', SHOP_SECRET: 'own' },
    ...{ CURL_CA_BUNDLE: 'company.pem', NODE_EXTRA_CA_CERTS: join(folder, 'company.pem') },
    ...{ JAVA_TOOL_OPTIONS: '-Xmx64m', NO_PROXY: 'company.test', SSL_CERT_FILE: undefined, SSL_CERT_DIR: undefined },
  };
  const run = `keyfob run --seed keyfob.yaml -- '${process.execPath}' print.cjs`;
  const { stdout, stderr } = await here.bash(run, { ...env, ...given });
  const { env: seen, company: trusting, rest, mode } = JSON.parse(stdout || assert.fail(stderr));
  assert.doesNotMatch(stdout, /canary|TLS_REJECT/);
  assert.equal(seen.KEYFOB_CONSUMER_SECRET, 'own');
  // requests reads CURL_CA_BUNDLE where its own variable is not set.
  assert.deepEqual([trusting, rest], [['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'], 3]);
  assert.match(seen.JAVA_TOOL_OPTIONS, /^-Xmx64m "-Djavax\.net\.ssl\.trustStore=/);
  assert.equal(seen.NO_PROXY, 'company.test,localhost,127.0.0.1,::1');
  assert.equal(seen.no_proxy, seen.NO_PROXY);
  assert.equal(mode, 0o700);

  const bare = `keyfob run --seed keyfob.yaml --no-trust --no-token -- env`;
  const own = await here.bash(bare, { ...env, JAVA_TOOL_OPTIONS: '-Djavax.net.ssl.trustStore=mine' });
  assert.doesNotMatch(own.stdout, /ACCESS_TOKEN|SSL_CERT_FILE=.*keyfob-run|WGETRC/);
  assert.match(own.stdout, /^JAVA_TOOL_OPTIONS=-Djavax\.net\.ssl\.trustStore=mine$/m);
  const noted = await here.bash('keyfob run --seed keyfob.yaml -- true', {
    ...env,
    JAVA_TOOL_OPTIONS: '-Djavax.net.ssl.trustStore=mine',
  });
  assert.match(noted.stderr, /JAVA_TOOL_OPTIONS names a trust store already/);
});

test('run uses a running endpoint, and says what to do without one', async (t) => {
  const { here, env } = prepare(t);
  const serving = await here.serve('--seed keyfob.yaml --port 0 --json --no-window --ca-out share');
  const line = `keyfob run -- sh -c 'echo "$KEYFOB_TOKEN_URL"; ${JSON.stringify(process.execPath)} call.mjs; exit 7'`;
  const { code, stdout } = await here.bash(line);
  assert.equal(stdout, `${JSON.parse(serving.line).tokenUrl}\nnode 200\n`);
  assert.equal(code, 7);
  for (const [command, expected, message] of [
    ["sh -c 'kill -KILL $$'", 128 + 9, /^$/],
    // Without the variables, curl does not trust the endpoint.
    [`sh -c 'curl -sS "$KEYFOB_TOKEN_URL"'`, 60, /certificate/],
    ['nosuch --json --passphrase x', 127, /^No program named "nosuch"/],
    ["'' x", 2, /^The name of the program is empty/],
    ['./keyfob.yaml', 126, /^Cannot run "\.\/keyfob\.yaml"/],
  ] as const) {
    const ended = await here.bash(`keyfob run --no-trust -- ${command}`);
    assert.equal(ended.code, expected, command);
    assert.match(ended.stderr, message);
  }

  const shared = await here.bash(
    `set -a; . share/keyfob.env; ls share; curl -sS -o /dev/null -w '%{http_code}' "$KEYFOB_TOKEN_URL"`,
  );
  assert.equal(shared.stdout, 'bundle.pem\nca.pem\nkeyfob.env\ntruststore.p12\n400', shared.stderr);

  const write = 'keyfob endpoint trust --for java --write store.p12';
  const stored = await here.bash(
    `${write} && openssl pkcs12 -in store.p12 -nokeys -passin pass:changeit | grep -c 'CN = Keyfob CA'`,
  );
  assert.match(
    stored.stdout,
    /^✓ Wrote store\.p12, .*-Djavax\.net\.ssl\.trustStore=\S*\/store\.p12 .*\n2\n$/,
    stored.stderr,
  );
  const again = await here.bash(`${write}; ${write} --overwrite --json; ${write.replace('java', 'node')}`);
  assert.match(again.stderr, /^store\.p12 exists already\..*\n--write needs --for java\./);
  assert.equal(JSON.parse(again.stdout).file, 'store.p12');

  await here.bash('keyfob endpoint stop');
  const none = await here.bash('keyfob run -- true');
  assert.equal(none.code, 1);
  assert.match(none.stderr, /^No endpoint runs for this data folder\. Start it with `keyfob serve`, or add --seed/);
  const missing = await here.bash('keyfob run --seed nosuch.yaml -- true', env);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /^Cannot read the seed nosuch\.yaml/);
});

test('signals reach the program, whose exit code is kept; a keyfob inside acts on the same keys', async (t) => {
  const { here, folder } = prepare(t);
  const trap = `const wait = setInterval(() => {}, 1000);
    for (const name of ['SIGINT', 'SIGHUP', 'SIGTERM']) process.on(name, () => {
      console.log('got ' + name);
      if (name === 'SIGTERM') { clearInterval(wait); process.exitCode = 5; }
    });
    console.log('ready');`;
  writeFileSync(join(folder, 'trap.cjs'), trap);
  const running = here.begin('run --seed', `keyfob.yaml -- ${process.execPath} trap.cjs`);
  await running.says(/ready/);
  for (const name of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) {
    running.kill(name);
    await running.says(new RegExp(`got ${name}`));
  }
  assert.equal((await running.ended).code, 5);

  const inside = await here.bash(
    `export -f keyfob; keyfob run --seed keyfob.yaml -u tester -- bash -c 'keyfob token; echo "$KEYFOB_ACCESS_TOKEN"'`,
  );
  const [token, variable] = inside.stdout.split('\n');
  assert.equal(token, variable, inside.stderr);
  assert.ok(token);
});
