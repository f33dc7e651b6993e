import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Memory, type Server, startFloor, startKeyfob, type Tls } from './processes.ts';
import { type LoadName, loadNames, loadsOf } from './rows.ts';
import type { Seeded } from './seed.ts';
import { drive, type Load, type Run, type Target } from './wrk.ts';

type Loads = Readonly<Record<LoadName, Load>>;

/** One figure of one round: the floor's run, and right after it one run over each store, smallest first. */
export interface Cell {
  readonly floor: Run;
  readonly stores: readonly Run[];
}

export interface Round {
  readonly http: Readonly<Record<LoadName, Cell>>;
  /** Over the largest store but one alone. */
  readonly https: Readonly<Record<'issue' | 'recent', Cell>>;
  /** Of each store's server, after the same loads. */
  readonly memory: readonly Memory[];
}

export interface Plan {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

interface Bench {
  readonly server: Server;
  readonly loads: Loads;
}

/** A server as the target of a load. */
export const over = ({ pid, ready }: Server, scheme: 'http' | 'https'): Target => {
  const origin = ready[scheme];
  if (origin === undefined) throw new Error(`A server has no ${scheme} listener.`);
  return { pid, origin };
};

/**
 * Rounds of interleaved runs, all over the same processes, warmed up alike: a process that is new to each round would
 * be measured while it compiles. The rounds work on copies, which grow by what is issued meanwhile.
 */
export async function runRounds(
  folder: string,
  stores: readonly Seeded[],
  tls: Tls,
  plan: Plan,
  say: (text: string) => void,
): Promise<readonly Round[]> {
  const copies = await mkdtemp(join(folder, 'rounds-'));
  const benches: Bench[] = [];
  const floors = new Map<'http' | 'https', Server>();
  try {
    for (const seeded of stores) {
      const copy = join(copies, String(seeded.stored));
      await cp(seeded.folder, copy, { recursive: true });
      // What was copied is on its way to the disk, and would be waited for by the server.
      spawnSync('sync');
      benches.push({ server: await startKeyfob(copy), loads: loadsOf(seeded) });
    }
    const largest = benches.at(-1);
    if (largest === undefined) throw new Error('There is no store to measure.');
    const answers = await answersOf(largest);
    floors.set('http', await startFloor(answers));
    floors.set('https', await startFloor(answers, tls));
    say('Warming up');
    await oneRound(floors, benches, plan.warmUpSeconds);
    const rounds: Round[] = [];
    for (let number = 1; number <= plan.rounds; number += 1) {
      say(`Round ${number} of ${plan.rounds}`);
      rounds.push(await oneRound(floors, benches, plan.seconds));
    }
    return rounds;
  } finally {
    await Promise.all([...benches.map(({ server }) => server), ...floors.values()].map((server) => server.stop()));
    await rm(copies, { recursive: true, force: true });
  }
}

async function oneRound(
  floors: ReadonlyMap<'http' | 'https', Server>,
  benches: readonly Bench[],
  seconds: number,
): Promise<Round> {
  const cell = async (name: LoadName, scheme: 'http' | 'https', some: readonly Bench[]): Promise<Cell> => {
    const floor = floors.get(scheme);
    const [first] = some;
    if (floor === undefined || first === undefined) throw new Error(`Nothing to measure over ${scheme}.`);
    const floorRun = await drive(over(floor, scheme), onFloor(name, first.loads[name]), seconds);
    const runs: Run[] = [];
    for (const { server, loads } of some) runs.push(await drive(over(server, scheme), loads[name], seconds));
    return { floor: floorRun, stores: runs };
  };

  const http: Partial<Record<LoadName, Cell>> = {};
  for (const name of loadNames) http[name] = await cell(name, 'http', benches);
  const one = benches.slice(0, 2).slice(-1);
  return {
    http: http as Record<LoadName, Cell>,
    https: { issue: await cell('issue', 'https', one), recent: await cell('recent', 'https', one) },
    memory: await Promise.all(benches.map(({ server }) => server.memory())),
  };
}

/** The same load for the floor, which knows its answers by the name of the load. */
export const onFloor = (name: LoadName, load: Load): Load => ({
  ...load,
  path: `/${name}`,
  ...(load.revokePath && { revokePath: '/revoked' }),
});

/** What Keyfob answers to a load. Throws if it is no 200. */
export async function answerTo({ ready }: Server, name: string, load: Load): Promise<string> {
  const { path, authorization, prefix, values } = load;
  const value = values === undefined ? '0000000000' : (await readFile(values.file, 'latin1')).slice(0, values.width);
  const response = await fetch(`${ready.http}${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    body: prefix + value,
  });
  const answer = await response.text();
  if (response.status !== 200) throw new Error(`${path} answered ${response.status} to "${name}": ${answer}`);
  return answer;
}

/** What Keyfob answers to each load: the floor answers the very same text. */
export async function answersOf({ server, loads }: Bench): Promise<Record<string, string>> {
  const answers: Record<string, string> = { '/revoked': '' };
  for (const name of loadNames) {
    const answer = await answerTo(server, name, loads[name]);
    if (name === 'recent' && !answer.includes('"active":true'))
      throw new Error(`A live token is not active: ${answer}`);
    answers[`/${name}`] = answer;
  }
  return answers;
}
