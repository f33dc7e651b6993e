import assert from 'node:assert/strict';
import { test } from 'node:test';
import { place } from './keyfob.ts';

/**
 * Runs lines of bash with private copies of the system's certificate folders. A hook of the system logs
 * its environment.
 */
const inOwnStore = (lines: string) => `
  mkdir -p stores/hooks && cp -a /usr/local/share/ca-certificates stores/local && cp -a /etc/ssl/certs stores/certs
  printf '#!/bin/sh\\nenv > %s\\n' "$PWD/seen" > stores/hooks/note && chmod +x stores/hooks/note
  export -f keyfob
  cat > inside.sh <<'END'
  set -u
  mount --bind stores/local /usr/local/share/ca-certificates
  mount --bind stores/certs /etc/ssl/certs
  mount --bind stores/hooks /etc/ca-certificates/update.d
  export PATH=$PATH:/usr/sbin
  update-ca-certificates --fresh >/dev/null 2>&1
  cp -a stores/certs before
  ${lines}
END
  unshare $([[ $(id -u) == 0 ]] || echo -r) -m bash inside.sh`;

test('installing the authority makes curl and a browser store trust the endpoint, and uninstalling undoes it exactly', async (t) => {
  const here = place(t);
  const serving = await here.serve('--port 0 --json --no-window');
  const { tokenUrl } = JSON.parse(serving.line);
  const { stdout, stderr } = await here.bash(
    inOwnStore(`
    asks() { curl -s -o /dev/null -w '%{http_code} ' ${tokenUrl}; echo "curl $?"; }
    nss() { certutil -L -d sql:$HOME/.pki/nssdb | grep -c 'Keyfob CA'; }
    mkdir -p .pki/nssdb .mozilla/firefox/x.default
    certutil -N -d sql:$HOME/.pki/nssdb --empty-password
    asks
    keyfob endpoint trust --install; echo "ended $?"; asks; nss
    keyfob endpoint trust --install 2>/dev/null
    keyfob endpoint trust --uninstall 2>/dev/null; asks; nss
    diff -r --no-dereference before /etc/ssl/certs && ls /usr/local/share/ca-certificates | grep -c keyfob
    keyfob endpoint trust --uninstall --json
    echo 'no database' > .mozilla/firefox/x.default/cert9.db
    keyfob endpoint trust --install 2>fault; echo "ended $?"; tail -1 fault >&2; asks; nss
    diff -r --no-dereference before /etc/ssl/certs && echo same
    grep -c KEYFOB seen`),
  );
  const system = '/usr/local/share/ca-certificates';
  const nss = `${here.home.replace(/home$/, '')}.pki/nssdb`;
  assert.deepEqual(
    stdout.split('\n'),
    [
      '000 curl 60',
      `✓ Added to: system store (${system})`,
      `✓ Added to: Chromium (${nss})`,
      'ended 0',
      '400 curl 0',
      '1',
      `✓ Already in: system store (${system})`,
      `✓ Already in: Chromium (${nss})`,
      `✓ Removed from: system store (${system})`,
      `✓ Removed from: Chromium (${nss})`,
      '000 curl 60',
      '0',
      '0',
      JSON.stringify({
        stores: [
          { store: `system store (${system})`, state: 'absent' },
          { store: `Chromium (${nss})`, state: 'absent' },
        ],
      }),
      'ended 1',
      '000 curl 60',
      '0',
      'same',
      '0',
      '',
    ],
    stderr,
  );
  assert.match(
    stderr,
    /^This runs:\n {2}install -m 644 \S+ca\.pem \/usr\/local\/share\/ca-certificates\/keyfob-\w{8}\.crt$/m,
  );
  assert.match(stderr, /^This command failed: \S*certutil -A .*x\.default.* Nothing was changed\.$/m);
  serving.kill('SIGTERM');
  await serving.ended;
});

test('endpoint trust prints the steps for each program, with the real path', async (t) => {
  const { bash, home } = place(t);
  const java = await bash('keyfob endpoint trust --for java');
  assert.equal(java.code, 0, java.stderr);
  assert.match(java.stdout, new RegExp(`^CA certificate {2}${home}/ca\\.pem\\n\\nJava\\n`));
  assert.match(java.stdout, new RegExp(`^ {2}1\\. .*\\n {5}keytool -importcert .* -file ${home}/ca\\.pem$`, 'm'));
  assert.match(java.stdout, /^ {2}Undo: .*\n {5}keytool -delete /m);
  const { guides } = JSON.parse((await bash('keyfob endpoint trust --for firefox --json')).stdout);
  assert.deepEqual(
    guides.map(({ value }: { value: string }) => value),
    ['browsers'],
  );
  const unknown = await bash('keyfob endpoint trust --for jva');
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /^No steps for "jva"\. Did you mean "java"\? Known: system, /);
  const refused = await bash('keyfob endpoint trust --install --for java');
  assert.deepEqual(
    [refused.code, refused.stderr],
    [2, '--install and --uninstall cannot change java; `keyfob endpoint trust --for java` shows the steps.\n'],
  );
});
