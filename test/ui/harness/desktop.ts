import { fork } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, _electron as electronUnderTest, type Page } from '@playwright/test';
import { connectControl } from '../../../main/transport/client.ts';
import type { InputOf, OutputOf } from '../../../preload/contract/define.ts';
import type { MethodName, MethodOf } from '../../../preload/contract/index.ts';
import { forChromium } from '../../helpers/electron/address.ts';
import type { FromSpec, Question, ToSpec } from '../../helpers/electron/spec.ts';
import { compileCache } from '../../helpers/serving.ts';
import { noSessionBus, type ServedKeyfob } from './keyfob.ts';

const root = resolve(import.meta.dirname, '../../..');
const built = join(root, 'build/desktop/main.js');
const register = join(root, 'test/helpers/electron/register.mjs');
export const commandLine = join(root, 'main/cli.mjs');

/** What the desktop program runs on: the stand-in, or Electron by the path of its program. */
export type DesktopHost = { readonly electron: string } | 'standIn';

/** A function that runs in the program, on its `electron`; it sees nothing of where it was written. */
type InProgram<R, A> = (electron: ElectronModule, given: A) => R | Promise<R>;
/** What specs look at in there, which Electron and the stand-in both have. */
type ElectronModule = typeof import('../../helpers/electron/electron.ts').forSpecs;

/** The built desktop program, running over a data folder. */
export interface Desktop {
  readonly page: Page;
  /** The address of its page, to load it anew. */
  readonly url: string;
  /** Calls a contract method by the control socket, as the command line would. */
  call<N extends MethodName>(name: N, input: InputOf<MethodOf<N>>): Promise<OutputOf<MethodOf<N>>>;
  evaluate<R, A = undefined>(run: InProgram<R, A>, given?: A): Promise<R>;
  /** Sends a signal to the program. */
  kill(signal: NodeJS.Signals): void;
  /** Its exit code, when it has one. */
  readonly ended: Promise<number | null>;
  /** Ends it as its menu would. */
  quit(): Promise<void>;
}

/** A place for one program: a data folder, and the environment that it is started with. */
export interface DesktopPlace {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

/** Makes one; `bus` names the session bus of a keychain, `tray` says whether its desktop shows icons in a tray. */
export function desktopPlace(bus: Readonly<Record<string, string>> = noSessionBus, tray = true): DesktopPlace {
  const parent = mkdtempSync(join(tmpdir(), 'keyfob-desktop-'));
  const folder = join(parent, 'home');
  const runtime = join(parent, 'run');
  mkdirSync(runtime, { mode: 0o700 });
  const programs = join(parent, 'bin');
  mkdirSync(programs);
  // What Linux is asked with; there is no desktop here to answer.
  writeFileSync(join(programs, 'gdbus'), `#!/bin/sh\necho '(${tray},)'\n`, { mode: 0o755 });
  // A display asks for what XAUTHORITY names, and nothing runs on Windows without its own folder.
  const { PATH = '', DISPLAY = '', XAUTHORITY = '', KEYFOB_CHROMIUM = '', SystemRoot = '' } = process.env;
  const system = { PATH: `${programs}${delimiter}${PATH}`, DISPLAY, XAUTHORITY, KEYFOB_CHROMIUM, SystemRoot };
  const env = { ...system, ...compileCache, HOME: parent, XDG_RUNTIME_DIR: runtime, KEYFOB_HOME: folder, ...bus };
  return { folder, env, remove: () => rmSync(parent, { recursive: true, force: true }) };
}

async function callOwner(folder: string, name: MethodName, input: object): Promise<never> {
  const owner = connectControl(folder);
  if (owner === undefined) throw new Error('the program under test owns no folder');
  return (await owner.call(name, input as never)) as never;
}

/** The program over the stand-in, which may not open a window: then it ends, or asks. */
export interface StandInRun {
  /** What comes next: a window, a question, or the end. */
  next(): Promise<'window' | 'ended' | Question>;
  answer(label: string): void;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<number | null>;
  desktop(): Promise<Desktop>;
}

/** Starts the built program on the stand-in; `program` names another one than the project's own. */
export function startStandIn(
  { folder, env }: DesktopPlace,
  program: string = built,
  args: readonly string[] = [],
): StandInRun {
  const child = fork(program, args, {
    execArgv: ['--import', pathToFileURL(register).href],
    env: { ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]): number | null => code);
  const waiting = new Map<number, { done(value: unknown): void; failed(error: Error): void }>();
  let last = 0;
  const came = on(child, 'message');
  let address = '';
  child.on('message', (told: ToSpec) => {
    if ('window' in told) address = told.window;
    else if ('question' in told) return;
    else if ('error' in told) waiting.get(told.id)?.failed(new Error(told.error));
    else waiting.get(told.id)?.done(told.value);
  });
  const send = (told: FromSpec) => void child.send(told);
  const windowOrQuestion = async (): Promise<'window' | Question> => {
    for (;;) {
      const [told]: readonly ToSpec[] = (await came.next()).value ?? [];
      if (told === undefined) throw new Error('the program under test went away');
      if ('window' in told) return 'window';
      if ('question' in told) return told.question;
    }
  };
  const next = () => Promise.race([windowOrQuestion(), ended.then(() => 'ended' as const)]);

  return {
    next,
    ended,
    answer: (label) => send({ answer: label }),
    kill: (signal) => void child.kill(signal),
    async desktop() {
      const first = await next();
      if (first !== 'window') throw new Error(`instead of a window came ${JSON.stringify(first)}`);
      const browser: Browser = await chromium.connectOverCDP(address);
      const page = browser.contexts()[0]?.pages()[0];
      if (page === undefined) throw new Error('the window has no page');
      const evaluate = <R, A>(run: InProgram<R, A>, given?: A): Promise<R> =>
        new Promise((done, failed) => {
          last += 1;
          waiting.set(last, { done: done as (value: unknown) => void, failed });
          send({ id: last, run: String(run), given });
        });
      return {
        page,
        url: forChromium('app://keyfob/'),
        call: (name, input) => callOwner(folder, name, input),
        evaluate,
        kill: (signal) => void child.kill(signal),
        ended,
        async quit() {
          if (child.exitCode !== null) return;
          evaluate(({ app }) => app.quit()).catch(() => undefined);
          await ended;
        },
      };
    },
  };
}

async function startElectron({ folder, env }: DesktopPlace, executablePath: string): Promise<Desktop> {
  const args = [root, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const program = await electronUnderTest.launch({ executablePath, args, env: { ...env } });
  const ended = once(program.process(), 'exit').then(([code]): number | null => code);
  return {
    page: await program.firstWindow(),
    url: 'app://keyfob/',
    call: (name, input) => callOwner(folder, name, input),
    // Playwright's own type names all of Electron, of which specs use what the stand-in has too.
    evaluate: (run, given) => program.evaluate(run as never, given) as never,
    kill: (signal) => void program.process().kill(signal),
    ended,
    async quit() {
      await program.close();
      await ended;
    },
  };
}

/** Starts the built desktop program, and waits for its window. */
export const startDesktop = (host: DesktopHost, place: DesktopPlace): Promise<Desktop> =>
  host === 'standIn' ? startStandIn(place).desktop() : startElectron(place, host.electron);

const onlyInBrowser = async () => {
  throw new Error('only the app behind the browser host can be told so: tag the spec @browser');
};

/** The desktop program as specs of the window know what serves it. What they read off the clipboard, the program reads. */
export async function overDesktop({ page, url, call, evaluate }: Desktop): Promise<ServedKeyfob> {
  const context = page.context();
  await context.exposeBinding('readClipboard', () => evaluate(({ clipboard }) => clipboard.readText()));
  await context.exposeBinding('writeClipboard', (_from, text: string) =>
    evaluate(({ clipboard }, given) => clipboard.writeText(given), text),
  );
  await context.addInitScript(() => {
    const { readClipboard, writeClipboard } = globalThis as unknown as Record<
      string,
      (text?: string) => Promise<string>
    >;
    Object.assign(navigator.clipboard, { readText: readClipboard, writeText: writeClipboard });
  });
  return {
    newUrl: async () => url,
    call,
    advanceSeconds: onlyInBrowser,
    cut: onlyInBrowser,
    close: async () => undefined,
  };
}
