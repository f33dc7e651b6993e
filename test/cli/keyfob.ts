import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import { compileCache, entry } from '../helpers/serving.ts';

export const passphrase = 'correct horse battery staple';

const commandOf = (program: string): string => `'${process.execPath}' '${program}'`;
/** The shell command for `keyfob`. */
export const command = commandOf(entry);

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A separate data folder, with functions that run commands on it. */
export interface Place {
  readonly home: string;
  /** Runs a line of bash in which `keyfob` is this project's. */
  bash(line: string, env?: Environment): Promise<Ended>;
  /** Runs one command and returns its JSON. Throws if it fails. */
  json(line: string): Promise<unknown>;
  /** Starts `keyfob serve` and waits for its first line. */
  serve(flags: string, env?: Environment): Promise<Serving>;
  /** The same for `keyfob window`. */
  window(flags: string, env?: Environment): Promise<Serving>;
  /** The same for `keyfob requests follow`. */
  follow(flags: string): Promise<Serving>;
  /** Starts another command, and waits for nothing. */
  begin(name: string, flags: string): Running;
}

export interface Serving extends Running {
  /** The first line on stdout. */
  readonly line: string;
}

export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Resolves with the first match in stdout. */
  says(what: RegExp): Promise<RegExpExecArray>;
  /** Resolves with the first match in stderr. */
  notes(what: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
}

function collect(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((ended) => child.once('close', (code) => ended({ code, stdout, stderr })));
}

/** Creates one. `program` replaces the command line from source. */
export function place(t: TestContext, program: string = entry): Place {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-cli-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const home = join(folder, 'home');
  const environment = (env: Environment) => {
    const { PATH } = process.env;
    return { PATH, HOME: folder, TZ: 'UTC', KEYFOB_HOME: home, KEYFOB_PASSPHRASE: passphrase, ...compileCache, ...env };
  };
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];

  // A function of bash, so that printed commands run unchanged.
  const asFunction = `keyfob() { ${commandOf(program)} "$@"; }`;
  const bash: Place['bash'] = (line, env = {}) =>
    collect(spawn('bash', ['-c', `${asFunction}\n${line}`], { stdio, cwd: folder, env: environment(env) }));

  function begin(name: string, flags: string, env: Environment = {}): Running {
    // Tests run in parallel, so only a test about it uses the window's default port.
    const uiPort = name.includes(' ') || /--ui-port|--no-window/.test(flags) ? [] : ['--ui-port', '0'];
    const args = [program, ...name.split(' '), ...uiPort, ...flags.split(' ').filter((flag) => flag !== '')];
    const child = spawn(process.execPath, args, { stdio, cwd: folder, env: environment(env) });
    t.after(() => child.kill('SIGKILL'));
    const ended = collect(child);
    const matcher = (stream: Readable) => {
      let said = '';
      stream.on('data', (text: string) => {
        said += text;
      });
      return (what: RegExp) =>
        new Promise<RegExpExecArray>((done, failed) => {
          const look = () => {
            const match = what.exec(said);
            if (match !== null) done(match);
          };
          stream.on('data', look);
          look();
          ended.then(({ code, stderr }) => failed(new Error(`${name} ended with ${code}: ${stderr}`)));
        });
    };
    const [says, notes] = [matcher(child.stdout), matcher(child.stderr)];
    return { pid: child.pid ?? 0, ended, says, notes, kill: (signal) => child.kill(signal) };
  }

  async function start(name: string, flags: string, env?: Environment): Promise<Serving> {
    const running = begin(name, flags, env);
    const [, line = ''] = await running.says(/^(.*)\n/);
    return { ...running, line };
  }

  return {
    home,
    bash,
    async json(line) {
      const { code, stdout, stderr } = await bash(line);
      if (code !== 0 || stderr !== '') throw new Error(`${line} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    serve: (flags, env) => start('serve', flags, env),
    window: (flags, env) => start('window', flags, env),
    follow: (flags) => start('requests follow', flags),
    begin: (name, flags) => begin(name, flags),
  };
}

/**
 * A place whose commands run through a serving process. Such a command takes less than half the processor time, because it neither
 * derives a key nor opens the database.
 */
export async function servedPlace(t: TestContext): Promise<Place> {
  const here = place(t);
  await here.serve('--port 0 --no-window');
  return here;
}
