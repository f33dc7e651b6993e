import { execFile } from 'node:child_process';

const bus = 'org.freedesktop.DBus';
const limitMs = 1000;

/** Ways to ask the session bus whether somebody owns a name; systems have one or the other. */
const questions = (name: string): readonly (readonly [program: string, args: readonly string[]])[] => [
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

/** What a program says; `undefined` when it is not installed, or does not do. */
const answerOf = (program: string, args: readonly string[]): Promise<string | undefined> =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: limitMs }, (error, stdout) => resolve(error ? undefined : stdout));
  });

/**
 * Whether this desktop shows what programs put into a tray. On Linux some do not (GNOME as it comes), and a window that was closed to such
 * a tray could not be found again: they have a program on the session bus that shows icons, under the name `watcher`.
 */
export async function showsTray(
  platform: NodeJS.Platform,
  watcher = 'org.kde.StatusNotifierWatcher',
): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const [program, args] of questions(watcher)) {
    const answer = await answerOf(program, args);
    if (answer !== undefined) return /\btrue\b/.test(answer);
  }
  return false;
}
