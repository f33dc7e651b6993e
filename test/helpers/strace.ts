import { readFileSync } from 'node:fs';

/** One system call of any thread. `beganAt` and `endedAt` are lines of the log: what is smaller was earlier. */
export interface SystemCall {
  readonly name: string;
  /** What the descriptor in the first argument stands for: a path, or like `socket:[123]`. */
  readonly file: string;
  /** Arguments and result as strace prints them. */
  readonly text: string;
  readonly beganAt: number;
  readonly endedAt: number;
}

/**
 * A command that runs another one in its place, and logs these system calls of it. The log is complete once the output
 * of the other one is closed.
 */
export const straceTo = (log: string, calls: readonly string[], options: readonly string[] = []): readonly string[] => [
  'strace',
  ...['--daemonize', '--follow-forks', '--decode-fds=path', '--string-limit=24', '--quiet=all'],
  ...[`--output=${log}`, `--trace=${calls.join(',')}`, ...options],
];

const begins = /^(\d+) +(\w+)\((.*)$/;
const resumes = /^(\d+) +<\.\.\. \w+ resumed>(.*)$/;
const cut = ' <unfinished ...>';

/** Reads such a log; a call that those of other threads were logged within is put together again. */
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
