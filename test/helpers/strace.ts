import { readFileSync } from 'node:fs';

/** One system call of any thread. `beganAt` and `endedAt` are line numbers of the log, so a smaller one was earlier. */
export interface SystemCall {
  readonly name: string;
  /** The target of the descriptor in the first argument: a path, or like `socket:[123]`. */
  readonly file: string;
  /** Arguments and result as strace prints them. */
  readonly text: string;
  readonly beganAt: number;
  readonly endedAt: number;
}

/**
 * A command that runs another one and logs these system calls. The log is complete when the other command has closed its output.
 */
export const straceTo = (log: string, calls: readonly string[], options: readonly string[] = []): readonly string[] => [
  'strace',
  ...['--daemonize', '--follow-forks', '--decode-fds=path', '--string-limit=24', '--quiet=all'],
  ...[`--output=${log}`, `--trace=${calls.join(',')}`, ...options],
];

const begins = /^(\d+) +(\w+)\((.*)$/;
const resumes = /^(\d+) +<\.\.\. \w+ resumed>(.*)$/;
const cut = ' <unfinished ...>';

/** Parses such a log. A call that was interrupted by lines of other threads is joined. */
export function readSystemCalls(log: string): SystemCall[] {
  const calls: SystemCall[] = [];
  const unfinished = new Map<string, Omit<SystemCall, 'endedAt'>>();
  for (const [at, line] of readFileSync(log, 'utf8').split('\n').entries()) {
    const [, resuming = '', rest] = resumes.exec(line) ?? [];
    const before = unfinished.get(resuming);
    if (before !== undefined) calls.push({ ...before, text: `${before.text}${rest}`, endedAt: at });
    const [, thread, name, text] = begins.exec(line) ?? [];
    if (thread === undefined || name === undefined || text === undefined) continue;
    const call = { name, file: /^\d+<(.*?)>/.exec(text)?.[1] ?? '', beganAt: at };
    if (text.endsWith(cut)) unfinished.set(thread, { ...call, text: text.slice(0, -cut.length) });
    else calls.push({ ...call, text, endedAt: at });
  }
  return calls;
}
