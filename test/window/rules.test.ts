import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import '../helpers/electron/register.mjs';
import { builtWindow } from '../browserHost/served.ts';
import { isPrevented } from '../helpers/electron/preventable.ts';

// Import after the stand-in replaces Electron, whose own module would download its binary.
const { mayOpen, openServedWindow } = await import('../../main/window/security/externalLinks.ts');
const { denyNavigation } = await import('../../main/window/security/navigation.ts');
const { isOurPage } = await import('../../main/window/security/origin.ts');
const { createPageHandler } = await import('../../main/window/pages.ts');
const { createSenderCheck } = await import('../../main/window/security/sender.ts');
const { denyWebviews } = await import('../../main/window/security/webviews.ts');
const { limitDownloads } = await import('../../main/window/security/downloads.ts');
const { denyPermissions } = await import('../../main/window/security/permissions.ts');
const { denyRequests, keepOffline } = await import('../../main/window/security/network.ts');
const { webPreferences } = await import('../../main/window/security/preferences.ts');
const { createWindowFiles } = await import('../../main/page/files.ts');
const { app, session } = await import('../helpers/electron/electron.ts');

const foreign = [
  'https://example.com/',
  'file:///etc/passwd',
  'app://keyfob.example/',
  'app://other/',
  'app://keyfob:1/',
  'app://keyfob/other.html',
  'app://keyfob/?q',
  'javascript:alert(1)',
  'data:text/html,hello',
  'about:blank',
  'no address',
  '',
];

test('our page is one address, with any part after #', () => {
  for (const address of ['app://keyfob/', 'app://keyfob/#/tokens?state=ACTIVE', 'APP://keyfob/'])
    assert.ok(isOurPage(address), address);
  for (const address of foreign) assert.ok(!isOurPage(address), address);
});

test('no frame can navigate, except the top one to our page', () => {
  const page = new EventEmitter();
  denyNavigation(page as never);
  const isDenied = (url: string, isMainFrame = true) => isPrevented(page, 'will-frame-navigate', { url, isMainFrame });
  for (const address of foreign) assert.ok(isDenied(address), address);
  assert.ok(isDenied('app://keyfob/', false));
  assert.ok(!isDenied('app://keyfob/'));
  assert.ok(isPrevented(page, 'will-redirect', { url: 'app://keyfob/' }));
});

test('links open the standards and our sign-in page only, by https', async () => {
  assert.ok(mayOpen('https://www.rfc-editor.org/rfc/rfc6749#section-4.3'));
  const others = [
    'http://www.rfc-editor.org/',
    'https://www.rfc-editor.org.example/',
    'https://www.rfc-editor.org@example.com/',
    'https://someone@www.rfc-editor.org/',
    'https://www.rfc-editor.org:8443/',
    'ms-settings:',
    ...foreign,
  ];
  for (const address of others) assert.ok(!mayOpen(address), address);
  const signIn = 'https://localhost:8243/authorize';
  assert.ok(mayOpen(`${signIn}?response_type=code&client_id=x`, signIn));
  assert.ok(!mayOpen(`${signIn}?response_type=code`, undefined), 'while the endpoint is stopped');
  const elsewhere = [
    'https://localhost:8243/authorize/../token',
    'https://localhost:8244/authorize?a',
    'https://localhost:8243/token',
    'https://x@localhost:8243/authorize',
    'http://localhost:8243/authorize',
    ...others,
  ];
  for (const address of elsewhere) assert.ok(!mayOpen(address, signIn), address);
  await assert.rejects(openServedWindow('http://127.0.0.1.example/#token=x'));
  await assert.rejects(openServedWindow('file:///tmp/x'));
});

test('only the top frame of our window may send, while it shows our page', () => {
  const page = { mainFrame: { url: 'app://keyfob/#/users' } };
  const isOurs = createSenderCheck(() => page as never);
  const from = (sender: object, senderFrame: object | null) => isOurs({ sender, senderFrame } as never);
  assert.ok(from(page, page.mainFrame));
  assert.ok(!from(page, null));
  assert.ok(!from(page, { url: 'app://keyfob/' }));
  assert.ok(!from({ mainFrame: page.mainFrame }, page.mainFrame));
  for (const url of foreign) {
    const elsewhere = { mainFrame: { url } };
    assert.ok(
      !createSenderCheck(() => elsewhere as never)({ sender: elsewhere, senderFrame: elsewhere.mainFrame } as never),
    );
  }
});

test('a page has no webviews and no permissions, and downloads only its own data', () => {
  const page = new EventEmitter();
  denyWebviews(page as never);
  assert.ok(isPrevented(page, 'will-attach-webview'));

  const { defaultSession } = session;
  assert.notDeepEqual(defaultSession.grantedPermissions(), []);
  denyPermissions(defaultSession as never);
  assert.deepEqual(defaultSession.grantedPermissions(), []);

  limitDownloads(defaultSession as never);
  const isDenied = (url: string) => {
    const item = { getURL: () => url, getFilename: () => 'a.csv', setSaveDialogOptions: () => undefined };
    return isPrevented(defaultSession, 'will-download', {}, item);
  };
  assert.ok(!isDenied('blob:app://keyfob/8a4f'));
  for (const url of ['https://example.com/a.csv', 'blob:https://example.com/8a4f', 'app://keyfob/a', 'data:,a'])
    assert.ok(isDenied(url), url);
});

test('no request reaches the network', async () => {
  const { defaultSession } = session;
  keepOffline();
  for (const name of ['disable-background-networking', 'host-resolver-rules', 'no-proxy-server'])
    assert.ok(app.commandLine.hasSwitch(name), name);
  const asked: string[] = [];
  const { protocol } = await import('../helpers/electron/electron.ts');
  protocol.registerSchemesAsPrivileged([{ scheme: 'https', privileges: { standard: true, secure: true } }]);
  defaultSession.protocol.handle('https', ({ url }) => {
    asked.push(url);
    return new Response();
  });
  assert.ok(await defaultSession.answer(new Request('https://example.com/')));
  denyRequests(defaultSession as never);
  assert.equal(await defaultSession.answer(new Request('https://example.com/')), undefined);
  assert.deepEqual(asked, ['https://example.com/']);
  assert.equal(defaultSession.spellChecker, false);
});

test('a page has no more abilities than in a browser', () => {
  assert.partialDeepStrictEqual(webPreferences, {
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
  });
  assert.ok(!('enableBlinkFeatures' in webPreferences));
});

test('only the page and its files are served, as in a browser', async (t) => {
  const folder = builtWindow(t, { 'desktop.html': '<meta name="csp-nonce" content="__CSP_NONCE__">' });
  const answer = createPageHandler(createWindowFiles(folder, 'desktop.html'));
  const get = (url: string, method = 'GET') => answer({ url, method });
  const [one, two] = [await get('app://keyfob/'), await get('app://keyfob/')];
  const nonceOf = async (page: Response) => /content="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const nonce = await nonceOf(one);
  assert.match(nonce, /^[\w+/]{24}$/);
  assert.notEqual(await nonceOf(two), nonce);
  const policy = one.headers.get('content-security-policy') ?? '';
  assert.ok(policy.startsWith("default-src 'none'; script-src 'self'; "), policy);
  assert.ok(policy.endsWith(`style-src 'self' 'nonce-${nonce}'`), policy);

  const script = await get('app://keyfob/assets/app-Ab3_-xyz.js');
  assert.deepEqual([script.status, script.headers.get('content-type')], [200, 'text/javascript; charset=utf-8']);
  assert.equal(await script.text(), 'app();');
  const paths = [
    'index.html',
    'desktop.html',
    'link.js',
    '../secret',
    '%2e%2e/secret',
    'assets',
    'assets/app-Ab3_-xyz.js?a',
  ];
  for (const path of paths) assert.equal((await get(`app://keyfob/${path}`)).status, 404, path);
  for (const url of ['app://other/robots.txt', 'app://keyfob@other/robots.txt'])
    assert.equal((await get(url)).status, 404);
  assert.equal((await get('app://keyfob/', 'POST')).status, 405);
});
