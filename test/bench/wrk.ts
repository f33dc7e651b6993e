import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cpuMs, onCore, spreadThreads } from './machine.ts';

/** One request repeated: its body is `prefix` and then one of the values. See drive.lua. */
export interface Load {
  /** Without it, POST with a form. With it, the body has `bodyBytes` bytes, or none. */
  readonly method?: 'GET' | 'POST';
  readonly bodyBytes?: number;
  /** The status of every reply; without it, any below 400. */
  readonly expects?: number;
  /** Without it 32. */
  readonly connections?: number;
  /** Large bodies that share the server all arrive late. */
  readonly secondsAtLeast?: number;
  readonly path: string;
  readonly authorization: string;
  readonly prefix: string;
  /** A file of values of one width, asked in strides; without it, fresh ten-digit numbers. */
  readonly values?: { readonly file: string; readonly width: number };
  /** Where the token just answered is revoked by the next request. */
  readonly revokePath?: string;
}

export interface Run {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  readonly serverCpuUsPerRequest: number;
}

export interface Target {
  readonly pid: number;
  readonly origin: string;
}

const usualConnections = 32;
/** Coprime to every count of values here, and far enough that neighbours in a file are not neighbours in time. */
const step = 7919;
const busiest = 0.9;
const tries = 3;

/** A run has its own start, so that values which must be fresh are, and stored ones are not asked in the same order. */
let nextStart = 0;
/** No multiple of a count of values here: each run would ask those of the run before, which are remembered. */
const betweenStarts = 1_618_033;

/** Runs wrk against a server. A run in which it used more than 90 % of its core is void: said, and done again. */
export async function drive(target: Target, load: Load, usualSeconds: number): Promise<Run> {
  const seconds = Math.max(usualSeconds, load.secondsAtLeast ?? 0);
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const { run, generatorShare } = await once(target, load, seconds);
    if (generatorShare <= busiest) return run;
    const percent = Math.round(generatorShare * 100);
    process.stderr.write(`Void: wrk used ${percent} % of its core for ${load.path} at ${target.origin}.\n`);
  }
  throw new Error(`wrk was the bottleneck ${tries} times running; this machine cannot measure ${load.path}.`);
}

async function once(target: Target, load: Load, seconds: number): Promise<{ run: Run; generatorShare: number }> {
  nextStart += betweenStarts;
  const told = {
    host: new URL(target.origin).host,
    path: load.path,
    authorization: load.authorization,
    prefix: load.prefix,
    start: nextStart,
    ...(load.values && { values: load.values.file, width: load.values.width, step }),
    ...(load.revokePath && { revoke: load.revokePath }),
    ...(load.method && { method: load.method, bytes: load.bodyBytes ?? 0 }),
  };
  const [command, args] = onCore(1, 'wrk', [
    ...[
      '-t',
      '1',
      '-c',
      String(load.connections ?? usualConnections),
      '-d',
      `${seconds}s`,
      '--timeout',
      '5s',
      '--latency',
    ],
    ...['-s', join(import.meta.dirname, 'drive.lua'), target.origin, '--'],
    ...Object.entries(told).map(([name, value]) => `${name}=${value}`),
  ]);
  spreadThreads(target.pid);
  const serverBefore = cpuMs(target.pid);
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: (seconds + 20) * 1000 });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const generatorShare = await shareOfCore(child.pid ?? 0, seconds);
  const code = await ended;
  const serverMs = cpuMs(target.pid) - serverBefore;

  const line = output.split('\n').findLast((text) => text.startsWith('{'));
  if (code !== 0 || line === undefined) throw new Error(`wrk ended with ${code}: ${output}`);
  const { requests, durationUs, p99Us, broken, late, refused } = JSON.parse(line);
  // wrk counts a connection that was not served yet as late, which is usual among large bodies.
  const stalled = load.secondsAtLeast === undefined ? late : 0;
  const failed = broken + stalled + (load.expects === undefined ? refused : requests - refused);
  if (failed > 0 || requests === 0) {
    throw new Error(`${failed} of ${requests} requests to ${target.origin}${load.path} failed.\n${output}`);
  }
  return {
    generatorShare,
    run: {
      requests,
      requestsPerSecond: requests / (durationUs / 1e6),
      p99Ms: p99Us / 1000,
      serverCpuUsPerRequest: (serverMs * 1000) / requests,
    },
  };
}

/** CPU share of wrk between shortly after its start (it reads its values then) and shortly before its end. */
async function shareOfCore(pid: number, seconds: number): Promise<number> {
  await delay(seconds * 250);
  const [fromMs, before] = [performance.now(), cpuMs(pid)];
  await delay(seconds * 650);
  return (cpuMs(pid) - before) / (performance.now() - fromMs);
}
