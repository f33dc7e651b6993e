import { join } from 'node:path';
import type { Message, MessageBus } from 'dbus-native';

export interface ScreenLockWatch {
  /** Whether this machine reports a locked screen. */
  readonly noticed: boolean;
  stop(): void;
}

const logind = 'org.freedesktop.login1';
/** Screen savers that send `ActiveChanged` on the session bus. */
const screenSavers = ['freedesktop', 'gnome', 'cinnamon', 'mate', 'xfce'].map(
  (desktop) => `org.${desktop}.ScreenSaver`,
);

type Connect = (busAddress: string) => MessageBus;
type OnSignal = (message: Message) => void;

/** Connects to a bus and listens to its signals. Rejects if no bus answers. */
async function openBus(connect: Connect, busAddress: string, onSignal: OnSignal): Promise<MessageBus> {
  const bus = connect(busAddress);
  await new Promise<void>((resolve, reject) => {
    bus.connection.once('connect', resolve);
    // A later error only means that no more signals arrive.
    bus.connection.on('error', reject);
  });
  bus.connection.on('message', onSignal);
  return bus;
}

/** logind's path for the session of this process, or of this user's display. */
async function sessionPath(bus: MessageBus, named: string | undefined): Promise<string | undefined> {
  for (const session of named === undefined ? ['auto'] : [named, 'auto']) {
    const call = { destination: logind, path: '/org/freedesktop/login1', interface: `${logind}.Manager` };
    const path: unknown = await bus
      .invoke({ ...call, member: 'GetSession', signature: 's', body: [session] })
      .catch(() => undefined);
    if (typeof path === 'string') return path;
  }
  return undefined;
}

const isTrue = (value: unknown): boolean => value === true;

/** Listens to logind: `Lock` and `LockedHint` of the session, and `PrepareForSleep`. */
async function watchLogind(connect: Connect, env: NodeJS.ProcessEnv, onLock: () => void): Promise<MessageBus> {
  const address = env.DBUS_SYSTEM_BUS_ADDRESS ?? 'unix:path=/var/run/dbus/system_bus_socket';
  const bus = await openBus(connect, address, ({ member, body = [] }) => {
    if (member === 'Lock') onLock();
    if (member === 'PrepareForSleep' && isTrue(body[0])) onLock();
    if (member === 'PropertiesChanged' && isTrue(Object(body[1]).LockedHint)) onLock();
  });
  const session = await sessionPath(bus, env.XDG_SESSION_ID);
  if (session === undefined) {
    bus.connection.end();
    throw new Error('logind knows no session of this process');
  }
  const fromLogind = `type='signal',sender='${logind}'`;
  await bus.addMatch(`${fromLogind},interface='${logind}.Session',member='Lock',path='${session}'`);
  await bus.addMatch(
    `${fromLogind},interface='org.freedesktop.DBus.Properties',member='PropertiesChanged',path='${session}'`,
  );
  await bus.addMatch(`${fromLogind},interface='${logind}.Manager',member='PrepareForSleep'`);
  return bus;
}

/** Listens to the desktop's screen saver. */
async function watchScreenSaver(connect: Connect, env: NodeJS.ProcessEnv, onLock: () => void): Promise<MessageBus> {
  const { DBUS_SESSION_BUS_ADDRESS: named, XDG_RUNTIME_DIR: runtime } = env;
  const address = named ?? (runtime && `unix:path=${join(runtime, 'bus')}`);
  if (!address) throw new Error('there is no session bus');
  const bus = await openBus(connect, address, ({ member, body = [] }) => {
    if (member === 'ActiveChanged' && isTrue(body[0])) onLock();
  });
  const owned = await Promise.all(screenSavers.map((name) => bus.nameHasOwner(name)));
  if (!owned.includes(true)) {
    bus.connection.end();
    throw new Error('no screen saver answers');
  }
  for (const name of screenSavers) await bus.addMatch(`type='signal',interface='${name}',member='ActiveChanged'`);
  return bus;
}

/**
 * On Linux, calls `onLock` when the screen is locked and before the machine sleeps. It listens to logind on the system bus and to the
 * desktop's screen saver on the session bus. Other systems report this through Electron. Never rejects.
 */
export async function watchScreenLock(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  onLock: () => void,
): Promise<ScreenLockWatch> {
  if (platform !== 'linux') return { noticed: false, stop: () => undefined };
  const { createClient } = await import('dbus-native');
  const connect: Connect = (busAddress) => createClient({ busAddress });
  const watches = [watchLogind(connect, env, onLock), watchScreenSaver(connect, env, onLock)];
  const buses = (await Promise.allSettled(watches)).flatMap((watch) =>
    watch.status === 'fulfilled' ? [watch.value] : [],
  );
  return {
    noticed: buses.length > 0,
    stop: () => {
      for (const bus of buses) bus.connection.end();
    },
  };
}
