import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, fdatasyncSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { median } from './statistics.ts';

/** Linux counts CPU time in hundredths of a second for programs, on every architecture Node runs on. */
const msPerTick = 10;

/** CPU time a process (all its threads) has used. Throws once the process is gone. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * msPerTick;
}

/** Where a program stands on the PATH. */
export function program(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** The command that runs another on one core; servers have the first, the generator the second. */
export function onCore(core: 0 | 1, command: string, args: readonly string[]): readonly [string, readonly string[]] {
  const taskset = program('taskset');
  if (taskset === undefined || availableParallelism() < 2) return [command, args];
  return [taskset, ['-c', String(core), command, ...args]];
}

/**
 * Lets the work of a server outside its event loop (collecting garbage, waiting for the disk) use both cores, as on any
 * machine; the event loop itself stays on the servers' core.
 */
export function spreadThreads(pid: number): void {
  const taskset = program('taskset');
  if (taskset === undefined || availableParallelism() < 2) return;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    if (Number(thread) !== pid) spawnSync(taskset, ['-cp', '0,1', thread], { stdio: 'ignore' });
  }
}

/** Median time of a small append that is on disk when the call returns. */
export function fsyncMs(folder: string): number {
  const path = join(folder, 'fsync-probe');
  const file = openSync(path, 'w');
  const block = Buffer.alloc(4096, 1);
  const times = Array.from({ length: 300 }, () => {
    const start = performance.now();
    writeSync(file, block);
    fdatasyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  rmSync(path);
  return median(times);
}

/** One line on the machine, for the table's caption. */
export function describeMachine(): string {
  const all = cpus();
  return `${all[0]?.model.trim() ?? 'unknown processor'}, ${all.length} cores, Node ${process.version}`;
}
