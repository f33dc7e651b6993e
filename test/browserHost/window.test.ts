import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { builtWindow, codeOf, serveWindow } from './served.ts';

test('each load of the page has a new nonce, and a CSP that allows no other source', async (t) => {
  const { ask } = await serveWindow(t);
  const [first, second] = [await ask({}), await ask({})];
  const nonceIn = (text: string) => /content="([^"]+)"/.exec(text)?.[1] ?? '';
  assert.equal(first.status, 200);
  assert.match(nonceIn(first.text), /^[\w+/]{24}$/);
  assert.notEqual(nonceIn(first.text), nonceIn(second.text));
  const rules = first.headers['content-security-policy']?.toString().split('; ');
  assert.deepEqual(rules?.sort(), [
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonceIn(first.text)}'`,
  ]);
  assert.partialDeepStrictEqual(first.headers, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  assert.match(String(first.headers['permissions-policy']), /clipboard-write=\(self\).*camera=\(\)/);
  assert.equal(first.headers['set-cookie'], undefined);
});

test('serves files of the build with their type, and lets hashed ones be cached', async (t) => {
  const { ask } = await serveWindow(t);
  const script = await ask({ path: '/assets/app-Ab3_-xyz.js' });
  assert.equal(script.text, 'app();');
  assert.partialDeepStrictEqual(script.headers, {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
  const other = await ask({ path: '/robots.txt' });
  assert.equal(other.headers['cache-control'], 'no-cache');
});

test('serves a rebuilt window with the next load', async (t) => {
  const folder = builtWindow(t);
  const { ask } = await serveWindow(t, { folder });
  await ask({});
  writeFileSync(join(folder, 'assets/new-Ab3_-xyz.js'), 'fresh();');
  assert.equal((await ask({ path: '/assets/new-Ab3_-xyz.js' })).status, 404);
  await ask({});
  assert.equal((await ask({ path: '/assets/new-Ab3_-xyz.js' })).text, 'fresh();');
});

test('explains a window that is not built', async (t) => {
  const { ask, faults } = await serveWindow(t, { folder: join(builtWindow(t), 'nowhere') });
  const page = await ask({});
  assert.deepEqual([page.status, codeOf(page)], [503, 'not_found']);
  assert.match(page.text, /npm run build/);
  assert.equal((await ask({ path: '/assets/app-Ab3_-xyz.js' })).status, 404);
  assert.deepEqual(faults, []);
});

const outside = [
  '/../secret',
  '/assets/../../secret',
  '/..%2fsecret',
  '/%2e%2e/secret',
  '/..%5csecret',
  '/..\\secret',
  '//secret',
  '/./robots.txt',
  '/assets/../robots.txt',
  '/robots%2etxt',
  '/robots.txt%00',
  '/robots.txt?',
  '/link.js',
  '/assets',
  '/assets/',
  '/index.html',
  '/?token=a',
  '/favicon.ico',
  '/constructor',
  '/__proto__',
  '/window',
  'http://127.0.0.1/../secret',
  '/etc/passwd',
  '/%',
];

for (const path of outside) {
  test(`${path} is not part of the build`, async (t) => {
    const { ask, faults } = await serveWindow(t);
    const answer = await ask({ path });
    assert.deepEqual([answer.status, codeOf(answer)], [404, 'not_found']);
    assert.deepEqual(faults, []);
  });
}
