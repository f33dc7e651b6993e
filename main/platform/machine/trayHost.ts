import { execFile } from 'node:child_process';

const bus = 'org.freedesktop.DBus';
const limitMs = 1000;

/** Commands that ask the session bus whether a name has an owner. Not every system has all of them. */
const queries = (name: string): readonly (readonly [program: string, args: readonly string[]])[] => [
  [
    'gdbus',
    [
      'call',
      '--session',
      '--dest',
      bus,
      '--object-path',
      '/org/freedesktop/DBus',
      '--method',
      `${bus}.NameHasOwner`,
      name,
    ],
  ],
  ['busctl', ['--user', 'call', bus, '/org/freedesktop/DBus', bus, 'NameHasOwner', 's', name]],
  [
    'dbus-send',
    ['--session', '--print-reply', `--dest=${bus}`, '/org/freedesktop/DBus', `${bus}.NameHasOwner`, `string:${name}`],
  ],
];

/** The output of a program; undefined if it is not installed or fails. */
const answerOf = (program: string, args: readonly string[]): Promise<string | undefined> =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: limitMs }, (error, stdout) => resolve(error ? undefined : stdout));
  });

/**
 * Whether this desktop shows tray icons. Some Linux desktops do not, like GNOME by default. A window that was closed to the tray could not
 * be opened again there. A desktop with a tray has a program on the session bus under the name `watcher`.
 */
export async function showsTray(
  platform: NodeJS.Platform,
  watcher = 'org.kde.StatusNotifierWatcher',
): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const [program, args] of queries(watcher)) {
    const answer = await answerOf(program, args);
    if (answer !== undefined) return /\btrue\b/.test(answer);
  }
  return false;
}
