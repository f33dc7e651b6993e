import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Memory, startKeyfob } from './processes.ts';
import { loadsOf } from './rows.ts';
import type { Seeded } from './seed.ts';
import { drive } from './wrk.ts';

/** Memory grown per 100 000 tokens issued. */
export interface Growth extends Memory {
  /** On disk, per token issued and later retired. */
  readonly bytesPerToken: number;
}

const counted = 100_000;
const chunkSeconds = 3;

/**
 * Issues at least 100 000 tokens over a fresh copy of a store, after as many that fill what is filled once: caches, and
 * V8's young generation, which takes its time to grow.
 */
export async function measureGrowth(folder: string, seeded: Seeded): Promise<Growth> {
  const copy = await mkdtemp(join(folder, 'memory-'));
  await cp(seeded.folder, copy, { recursive: true });
  const bytes = async () => (await stat(join(copy, 'keyfob.db'))).size;
  const bytesBefore = await bytes();
  const server = await startKeyfob(copy);
  try {
    const target = { pid: server.pid, origin: server.ready.http ?? '' };
    const { issue } = loadsOf(seeded);
    const issueAtLeastCounted = async () => {
      let issued = 0;
      while (issued < counted) issued += (await drive(target, issue, chunkSeconds)).requests;
      return issued;
    };
    const issuedFirst = await issueAtLeastCounted();
    const before = await server.memory();
    const issued = await issueAtLeastCounted();
    const after = await server.memory();
    const perCounted = counted / issued;
    // The log is in the database once the server ended.
    await server.stop();
    return {
      rssMiB: (after.rssMiB - before.rssMiB) * perCounted,
      heapMiB: (after.heapMiB - before.heapMiB) * perCounted,
      bytesPerToken: ((await bytes()) - bytesBefore) / (issuedFirst + issued),
    };
  } finally {
    await server.stop();
    await rm(copy, { recursive: true, force: true });
  }
}
