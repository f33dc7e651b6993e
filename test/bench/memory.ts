import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Memory, startKeyfob } from './processes.ts';
import { loadsOf } from './rows.ts';
import type { Seeded } from './seed.ts';
import { drive } from './wrk.ts';

/** Memory grown per 100 000 tokens issued. */
export type Growth = Memory;

const counted = 100_000;
const warmUpSeconds = 3;
const chunkSeconds = 3;

/** Issues at least 100 000 tokens over a fresh copy of a store, after a warm-up that fills what is filled once. */
export async function measureGrowth(folder: string, seeded: Seeded): Promise<Growth> {
  const copy = await mkdtemp(join(folder, 'memory-'));
  await cp(seeded.folder, copy, { recursive: true });
  const server = await startKeyfob(copy);
  try {
    const target = { pid: server.pid, origin: server.ready.http ?? '' };
    const { issue } = loadsOf(seeded);
    await drive(target, issue, warmUpSeconds);
    const before = await server.memory();
    let issued = 0;
    while (issued < counted) issued += (await drive(target, issue, chunkSeconds)).requests;
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
