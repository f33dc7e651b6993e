import { EventEmitter } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import { refuseElsewhere } from './platforms.ts';
import { isPrevented } from './preventable.ts';

type Part = Pick<
  App,
  'exit' | 'getPath' | 'isPackaged' | 'quit' | 'requestSingleInstanceLock' | 'setName' | 'setPath' | 'whenReady'
> & {
  readonly commandLine: Pick<App['commandLine'], 'appendSwitch' | 'getSwitchValue' | 'hasSwitch'>;
};

export interface Closable {
  close(): void;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** A Chromium switch on the command line. */
const switchOf = (argument: string): (readonly [string, string])[] => {
  const [, name, value = ''] = /^--([\w-]+)(?:=(.*))?$/.exec(argument) ?? [];
  return name === undefined ? [] : [[name, value]];
};

export class StandInApp extends EventEmitter implements Part {
  readonly isPackaged = false;
  readonly windows = new Set<Closable>();
  readonly #paths = new Map<string, string>([['userData', join(tmpdir(), 'keyfob-stand-in')]]);
  readonly #switches = new Map(process.argv.flatMap(switchOf));
  readonly commandLine = {
    appendSwitch: (name: string, value = ''): void => void this.#switches.set(name, value),
    hasSwitch: (name: string): boolean => this.#switches.has(name),
    getSwitchValue: (name: string): string => this.#switches.get(name) ?? '',
  };
  #quitting = false;

  getPath(name: string): string {
    return this.#paths.get(name) ?? '';
  }

  setName(_name: string): void {}

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set '${name}' path: there is no folder ${path}`);
    this.#paths.set(name, path);
  }

  async whenReady(): Promise<void> {
    await Promise.resolve();
  }

  /** Uses a file in the user data folder and a signal to its creator. Electron uses its own mechanism. */
  requestSingleInstanceLock(): boolean {
    const file = join(this.getPath('userData'), 'stand-in.lock');
    try {
      const lock = openSync(file, 'wx');
      writeSync(lock, String(process.pid));
      closeSync(lock);
    } catch {
      const pid = Number(readFileSync(file, 'utf8'));
      if (isAlive(pid)) {
        process.kill(pid, 'SIGUSR2');
        return false;
      }
      rmSync(file);
      return this.requestSingleInstanceLock();
    }
    process.on('exit', () => rmSync(file, { force: true }));
    process.on('SIGUSR2', () => this.emit('second-instance', {}, [], ''));
    return true;
  }

  quit(): void {
    if (this.#quitting || isPrevented(this, 'before-quit')) return;
    this.#quitting = true;
    for (const window of this.windows) window.close();
    // A window that stays open cancels it.
    if (this.windows.size > 0) this.#quitting = false;
    else this.#leave();
  }

  /** A window closed, perhaps the last one. */
  forget(window: Closable): void {
    this.windows.delete(window);
    if (this.#quitting || this.windows.size > 0) return;
    this.emit('window-all-closed');
    if (this.listenerCount('window-all-closed') === 0) this.quit();
  }

  exit(code = 0): void {
    this.emit('quit', {}, code);
    process.exit(code);
  }

  #leave(): void {
    if (!isPrevented(this, 'will-quit')) this.exit(0);
  }
}

export const app = new StandInApp();
refuseElsewhere(app, 'App');
