import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const trayHost = new URL('../../main/platform/machine/trayHost.ts', import.meta.url).href;

test('offers a tray on Linux only if a program on the session bus shows icons', () => {
  const script = `
    const { showsTray } = await import('${trayHost}');
    console.log(await showsTray('linux'), await showsTray('linux', 'org.freedesktop.DBus'), await showsTray('darwin'));`;
  const ask = (command: string, args: readonly string[], env: NodeJS.ProcessEnv) =>
    spawnSync(command, [...args, process.execPath, '--input-type=module', '-e', script], { encoding: 'utf8', env });
  assert.equal(ask('dbus-run-session', ['--'], process.env).stdout, 'false true true\n');
  const without = { PATH: process.env.PATH, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/no/such/bus' };
  assert.equal(ask('env', [], without).stdout, 'false false true\n');
});
