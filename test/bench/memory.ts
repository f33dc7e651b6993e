import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Memory, startKeyfob } from './processes.ts';
import { loadsOf } from './rows.ts';
import type { Seeded } from './seed.ts';
import { drive } from './wrk.ts';

/** Memory grown per 100 000 tokens issued. */
export type Growth = Memory;

const counted = 100_000;
const chunkSeconds = 3;

/**
 * Issues at least 100 000 tokens over a fresh copy of a store, after as many that fill what is filled once: caches, and
 * V8's young generation, which takes its time to grow.
 */
export async function measureGrowth(folder: string, seeded: Seeded): Promise<Growth> {
  const copy = await mkdtemp(join(folder, 'memory-'));
  await cp(seeded.folder, copy, { recursive: true });
  const server = await startKeyfob(copy);
  try {
    const target = { pid: server.pid, origin: server.ready.http ?? '' };
    const { issue } = loadsOf(seeded);
    const issueAtLeastCounted = async () => {
      let issued = 0;
      while (issued < counted) issued += (await drive(target, issue, chunkSeconds)).requests;
      return issued;
    };
    await issueAtLeastCounted();
    const before = await server.memory();
    const issued = await issueAtLeastCounted();
    const after = await server.memory();
    const perCounted = counted / issued;
    return {
      rssMiB: (after.rssMiB - before.rssMiB) * perCounted,
      heapMiB: (after.heapMiB - before.heapMiB) * perCounted,
    };
  } finally {
    await server.stop();
    await rm(copy, { recursive: true, force: true });
  }
}
