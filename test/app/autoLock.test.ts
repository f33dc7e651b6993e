import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient, type MessageBus } from 'dbus-native';
import { watchScreenLock } from '../../main/platform/machine/screenLock.ts';
import { openServingApp, openTestApp } from '../helpers/app.ts';
import { testFolder } from '../helpers/serving.ts';

const minute = 60;
const logind = 'org.freedesktop.login1';
const session = '/org/freedesktop/login1/session/_32';

/** Polls with pauses, as other processes need the CPU to answer. */
async function eventually(what: string, isSo: () => boolean): Promise<void> {
  for (let looks = 0; looks < 600; looks += 1) {
    if (isSo()) return;
    await delay(50);
  }
  assert.fail(`this did not come: ${what}`);
}

test('never locks a server whose window was never used', async (t) => {
  const { app, advanceSeconds, status, close } = await openServingApp();
  t.after(close);
  advanceSeconds(24 * 60 * minute);
  await fetch(status.httpTokenUrl ?? '', { method: 'POST' });
  app.screenLocked();
  assert.equal(app.vault.status().state, 'unlocked');
});

test('locks with the screen once a window was used, unless a setting disables it', async (t) => {
  const { app, close } = await openTestApp();
  t.after(close);
  await app.call('vault.windowUsed', {});
  await app.call('settings.write', { lockWithScreen: false });
  app.screenLocked();
  assert.equal(app.vault.status().state, 'unlocked');
  await app.call('settings.write', { lockWithScreen: true });
  app.screenLocked();
  await eventually('the lock', () => app.vault.status().state === 'locked');
});

test('handles a clock that is set back, and locks an idle vault without any call', async (t) => {
  const { app, advanceSeconds, close } = await openTestApp();
  t.after(close);
  await app.call('vault.windowUsed', {});
  advanceSeconds(-24 * 60 * minute);
  await app.call('vault.windowUsed', {});
  advanceSeconds(14 * minute);
  await app.call('vault.windowUsed', {});
  assert.equal(app.vault.status().state, 'unlocked');
  advanceSeconds(15 * minute);
  await eventually('the lock', () => app.vault.status().state === 'locked');
});

/** A separate, real message bus. */
async function startBus(t: TestContext, name: string): Promise<string> {
  const address = `unix:path=${join(testFolder(t), name)}`;
  const daemon: ChildProcess = spawn(
    'dbus-daemon',
    ['--session', '--nofork', `--address=${address}`, '--print-address'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  t.after(() => daemon.kill());
  assert.ok(daemon.stdout);
  await once(daemon.stdout, 'data');
  return address;
}

async function connectAs(t: TestContext, busAddress: string, name: string): Promise<MessageBus> {
  const bus = createClient({ busAddress });
  t.after(() => bus.connection.end());
  await bus.requestName(name, 0);
  return bus;
}

/** A bus with a login manager that has one session. */
async function startLogind(t: TestContext) {
  const address = await startBus(t, 'system');
  const bus = await connectAs(t, address, logind);
  const manager = { GetSession: () => session };
  bus.exportInterface(manager, '/org/freedesktop/login1', {
    name: `${logind}.Manager`,
    methods: { GetSession: ['s', 'o', [], []] },
  });
  const signal = (path: string, of: string, member: string, signature = '', body: unknown[] = []) =>
    bus.sendSignal(path, of, member, signature, body);
  return { address, signal };
}

test("follows logind's lock, hint and sleep signals of this session only", async (t) => {
  const { address, signal } = await startLogind(t);
  let locked = 0;
  const env = { DBUS_SYSTEM_BUS_ADDRESS: address, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' };
  const watch = await watchScreenLock(env, 'linux', () => {
    locked += 1;
  });
  t.after(watch.stop);
  assert.equal(watch.noticed, true);
  const properties = 'org.freedesktop.DBus.Properties';
  const hint = (path: string, value: boolean) =>
    signal(path, properties, 'PropertiesChanged', 'sa{sv}as', [
      `${logind}.Session`,
      [['LockedHint', ['b', value]]],
      [],
    ]);

  signal('/org/freedesktop/login1/session/_33', `${logind}.Session`, 'Lock');
  hint('/org/freedesktop/login1/session/_33', true);
  hint(session, false);
  signal('/org/freedesktop/login1', `${logind}.Manager`, 'PrepareForSleep', 'b', [false]);
  signal(session, `${logind}.Session`, 'Lock');
  await eventually('Lock', () => locked === 1);
  hint(session, true);
  await eventually('LockedHint', () => locked === 2);
  signal('/org/freedesktop/login1', `${logind}.Manager`, 'PrepareForSleep', 'b', [true]);
  await eventually('PrepareForSleep', () => locked === 3);
});

test("follows the desktop's screen saver, and reports nothing without one or without a bus", async (t) => {
  const address = await startBus(t, 'session');
  const env = { DBUS_SESSION_BUS_ADDRESS: address, DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/nonexistent' };
  const nothing = () => assert.fail('nothing was locked');
  assert.equal((await watchScreenLock(env, 'linux', nothing)).noticed, false);
  assert.equal((await watchScreenLock({ ...env, DBUS_SESSION_BUS_ADDRESS: '' }, 'linux', nothing)).noticed, false);
  assert.equal((await watchScreenLock(env, 'darwin', nothing)).noticed, false);

  const saver = await connectAs(t, address, 'org.gnome.ScreenSaver');
  let locked = 0;
  const watch = await watchScreenLock(env, 'linux', () => {
    locked += 1;
  });
  t.after(watch.stop);
  assert.equal(watch.noticed, true);
  const tell = (active: boolean) =>
    saver.sendSignal('/org/gnome/ScreenSaver', 'org.gnome.ScreenSaver', 'ActiveChanged', 'b', [active]);
  tell(false);
  tell(true);
  await eventually('the lock', () => locked === 1);
});
