import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import '../helpers/electron/register.mjs';
import { pretendPlatform } from '../helpers/electron/platforms.ts';

// Import after the stand-in replaces Electron, whose own module would download its binary.
const { createSecretClipboard } = await import('../../main/window/clipboard.ts');
const { copiesOnlyWithFocus, hasFocusSoon } = await import('../../main/window/focus.ts');
const { load } = await import('../../main/window/window.ts');
const { watchScreenLock } = await import('../../main/window/screenLock.ts');
const { menuTemplate } = await import('../../main/window/menu.ts');
const { trayTemplate } = await import('../../main/window/tray.ts');
const { trayIcon, windowIcon } = await import('../../main/window/icons.ts');
const { app, clipboard, Menu, nativeImage, powerMonitor } = await import('../helpers/electron/electron.ts');

const formats = () => clipboard.formats().map((format) => /format="(.*)"/.exec(format)?.[1] ?? format);

test('a copied secret has the marks of the system, and other text has none', async () => {
  const marks = {
    linux: ['x-kde-passwordManagerHint'],
    darwin: ['org.nspasteboard.ConcealedType', 'org.nspasteboard.TransientType'],
    win32: [
      'ExcludeClipboardContentFromMonitorProcessing',
      'CanIncludeInClipboardHistory',
      'CanUploadToCloudClipboard',
    ],
  } as const;
  for (const [platform, expected] of Object.entries(marks)) {
    const { copy, clear } = createSecretClipboard(assert.ifError, platform as NodeJS.Platform);
    await copy('s3cret', true);
    assert.equal(await clipboard.readText(), 's3cret');
    assert.deepEqual(formats(), ['text/plain', ...expected]);
    await copy('an address', false);
    assert.deepEqual(formats(), ['text/plain']);
    await clear();
    assert.equal(await clipboard.readText(), 'an address');
  }
});

test('a copied secret is cleared after 30 s, but no later text is', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval', 'Date'], now: 1_000_000 });
  const { copy } = createSecretClipboard(assert.ifError, 'linux');
  const settled = async () => {
    for (let turns = 0; turns < 10; turns += 1) await Promise.resolve();
  };
  assert.deepEqual(await copy('s3cret', true), { clearAtMs: 1_030_000 });
  t.mock.timers.tick(29_999);
  await settled();
  assert.equal(await clipboard.readText(), 's3cret');
  t.mock.timers.tick(1);
  await settled();
  assert.equal(await clipboard.readText(), '');

  await copy('over night', true);
  t.mock.timers.setTime(2_000_000);
  t.mock.timers.tick(1000);
  await settled();
  assert.equal(await clipboard.readText(), '');

  await copy('first', true);
  t.mock.timers.tick(20_000);
  await copy('second', true);
  t.mock.timers.tick(20_000);
  await settled();
  assert.equal(await clipboard.readText(), 'second');
  await clipboard.writeText('a shopping list');
  t.mock.timers.tick(30_000);
  await settled();
  assert.equal(await clipboard.readText(), 'a shopping list');
});

test('the vault locks before sleep, and with the screen on macOS and Windows', (t) => {
  t.after(() => pretendPlatform(process.platform));
  for (const [platform, expected] of [
    ['darwin', 2],
    ['win32', 2],
    ['linux', 1],
  ] as const) {
    pretendPlatform(platform);
    powerMonitor.removeAllListeners();
    let locked = 0;
    watchScreenLock(() => {
      locked += 1;
    }, platform);
    powerMonitor.emit('resume');
    assert.equal(locked, 0);
    powerMonitor.emit('suspend');
    if (platform !== 'linux') powerMonitor.emit('lock-screen');
    assert.equal(locked, expected, platform);
  }
});

const groups = [{ heading: 'Do', actions: [{ id: 'do lock', label: 'Lock the vault', keys: 'Mod+L' }] }];

test("the menu has the page's actions with their keys, between the system's menus", () => {
  const chosen: string[] = [];
  const parts = { packaged: true, onChosen: (id: string) => void chosen.push(id), onError: assert.ifError };
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const menu = Menu.buildFromTemplate(menuTemplate(groups, { ...parts, platform }));
    const lock = menu.getMenuItemById('do lock');
    assert.deepEqual([lock?.label, lock?.accelerator], ['Lock the vault', 'CmdOrCtrl+L']);
    lock?.click();
    const roles = JSON.stringify(menuTemplate(groups, { ...parts, platform }));
    for (const role of ['editMenu', 'windowMenu', 'help']) assert.ok(roles.includes(`"role":"${role}"`), role);
    assert.equal(roles.includes('"role":"appMenu"'), platform === 'darwin');
    assert.equal(roles.includes('"role":"quit"'), platform !== 'darwin');
    assert.ok(!roles.includes('toggleDevTools'));
  }
  assert.deepEqual(chosen, ['do lock', 'do lock', 'do lock']);
  const forDevelopers = JSON.stringify(menuTemplate([], { ...parts, platform: 'linux', packaged: false }));
  assert.ok(forDevelopers.includes('toggleDevTools'));
});

test('the tray shows the state, and the actions for it', () => {
  const done: string[] = [];
  const names = ['show', 'startEndpoint', 'stopEndpoint', 'lock', 'copyLastDeviceToken', 'quit'] as const;
  const actions = Object.fromEntries(names.map((name) => [name, () => void done.push(name)])) as Record<
    (typeof names)[number],
    () => void
  >;
  const offered = (state: Parameters<typeof trayTemplate>[0]) => {
    done.length = 0;
    const { items } = Menu.buildFromTemplate(trayTemplate(state, actions));
    for (const item of items) item.click();
    return { line: items[0]?.label, done: [...done], labels: items.map(({ label }) => label) };
  };
  const open = offered({ endpoint: { running: true, port: 8243 }, vault: 'unlocked', lastDevice: 'ipad' });
  assert.equal(open.line, 'Keyfob: endpoint on 8243, unlocked');
  assert.deepEqual(open.done, ['show', 'stopEndpoint', 'copyLastDeviceToken', 'lock', 'quit']);
  assert.ok(open.labels.includes('Copy the token of ipad'));
  const stopped = offered({ endpoint: { running: false }, vault: 'unlocked', lastDevice: undefined });
  assert.deepEqual(stopped.done, ['show', 'startEndpoint', 'lock', 'quit']);
  const locked = offered({ endpoint: { running: false }, vault: 'locked', lastDevice: undefined });
  assert.equal(locked.line, 'Keyfob: endpoint stopped, locked');
  assert.deepEqual(locked.done, ['show', 'quit']);
});

test('the stand-in refuses methods and events of other systems', (t) => {
  t.after(() => pretendPlatform(process.platform));
  pretendPlatform('linux');
  assert.throws(() => powerMonitor.emit('lock-screen'), /lock-screen' on darwin and win32 only, and this is linux/);
  assert.throws(() => app.emit('activate'), /'activate' on darwin only/);
  powerMonitor.emit('suspend');
  pretendPlatform('win32');
  powerMonitor.emit('lock-screen');
  assert.throws(() => app.setPath('userData', '/no/such/folder'), /there is no folder/);
});

test('on Wayland only the focused program can copy, unless Electron uses X11', async () => {
  const wayland = { XDG_SESSION_TYPE: 'wayland' };
  assert.equal(copiesOnlyWithFocus('linux', wayland, ''), true);
  assert.equal(copiesOnlyWithFocus('linux', { WAYLAND_DISPLAY: 'wayland-0' }, ''), true);
  assert.equal(copiesOnlyWithFocus('linux', wayland, 'x11'), false);
  assert.equal(copiesOnlyWithFocus('linux', { XDG_SESSION_TYPE: 'x11', WAYLAND_DISPLAY: '' }, ''), false);
  assert.equal(copiesOnlyWithFocus('darwin', wayland, ''), false);
  process.env.XDG_SESSION_TYPE = 'wayland';
  await assert.rejects(createSecretClipboard(assert.ifError, 'linux').copy('s3cret', true), /without the focus/);
  delete process.env.XDG_SESSION_TYPE;
});

test('waiting for the focus has a limit', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const window = (focused: boolean) => Object.assign(new EventEmitter(), { isFocused: () => focused }) as never;
  assert.equal(await hasFocusSoon(window(true)), true);
  const late = window(false) as EventEmitter;
  const soon = hasFocusSoon(late as never);
  late.emit('focus');
  assert.equal(await soon, true);
  const never = hasFocusSoon(window(false));
  t.mock.timers.tick(2000);
  assert.equal(await never, false);
});

test('a page that fails to load is reported, unless its window is closed or loads again', async () => {
  const told: unknown[] = [];
  const loadWith = async (error: Error, isDestroyed = false) => {
    load({ loadURL: () => Promise.reject(error), isDestroyed: () => isDestroyed }, (failed) => told.push(failed));
    await new Promise(setImmediate);
  };
  const missing = Object.assign(new Error('ERR_FILE_NOT_FOUND'), { code: 'ERR_FILE_NOT_FOUND' });
  await loadWith(Object.assign(new Error('ERR_ABORTED'), { code: 'ERR_ABORTED' }));
  await loadWith(missing, true);
  assert.deepEqual(told, []);
  await loadWith(missing);
  assert.deepEqual(told, [missing]);
});

test('the icons exist', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) assert.equal(trayIcon(platform).isEmpty(), false);
  assert.equal(nativeImage.createFromPath(windowIcon()).isEmpty(), false);
});
