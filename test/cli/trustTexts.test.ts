import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { trustGuides, usualGuide } from '../../preload/contract/trustTexts.ts';

const tokenUrl = 'https://localhost:8243/token';

const commandsOf = (caFile: string, value: string): readonly string[] =>
  (trustGuides(caFile, tokenUrl).find((guide) => guide.value === value)?.steps ?? []).flatMap(({ command }) =>
    command === undefined ? [] : [command],
  );

test('any path reaches the command as one word', () => {
  for (const caFile of ['/home/ann/ca.pem', "/home/ann o'neil/$HOME `x`/ca.pem"]) {
    for (const guide of trustGuides(caFile, tokenUrl)) {
      for (const { command } of guide.steps) {
        if (command?.includes('ca.pem') !== true || guide.value === 'windows') continue;
        // Each program is replaced by one that prints its arguments, one per line.
        const stubs = ['sudo', 'certutil', 'curl', 'keytool', 'adb', 'xcrun', 'update-ca-certificates', 'mkdir'];
        const printing = stubs.map((name) => `${name}() { printf '%s\\n' "$@"; }`).join('\n');
        const script = `HOME=/nowhere\n${printing}\n${command}\nprintf '%s\\n' "$CURL_CA_BUNDLE" "$NODE_EXTRA_CA_CERTS" "$REQUESTS_CA_BUNDLE"`;
        const words = execFileSync('bash', ['-c', script], { encoding: 'utf8', env: { PATH: process.env.PATH } }).split(
          '\n',
        );
        assert.ok(words.includes(caFile), `${guide.label}: ${command}`);
      }
    }
  }
});

test('Windows guides use Windows paths, and guides for other systems use a copy', () => {
  const caFile = 'C:\\Users\\Ann Smith\\AppData\\Keyfob\\ca.pem';
  assert.equal(usualGuide(caFile, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'), 'windows');
  assert.deepEqual(commandsOf(caFile, 'windows'), [`certutil -user -addstore Root "${caFile}"`]);
  assert.ok(commandsOf(caFile, 'node').includes(`$env:NODE_EXTRA_CA_CERTS = '${caFile}'`));
  assert.ok(commandsOf(caFile, 'curl').includes(`curl.exe --ssl-no-revoke --cacert "${caFile}" ${tokenUrl}`));
  assert.match(commandsOf(caFile, 'debian')[0] ?? '', /^sudo cp ca\.pem /);
  assert.match(trustGuides(caFile, tokenUrl)[0]?.steps[0]?.text ?? '', /^Copy ca\.pem to that machine/);
});

test('the guide fits the system', () => {
  assert.equal(usualGuide('/home/ann/ca.pem', 'Mozilla/5.0 (X11; Linux x86_64)'), 'debian');
  assert.equal(usualGuide('/Users/ann/ca.pem', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)'), 'macos');
  assert.deepEqual(commandsOf('/home/ann/ca.pem', 'windows'), ['certutil -user -addstore Root ca.pem']);
});
