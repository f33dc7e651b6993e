import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { workerPath } from '../../system/workerPath.ts';

/**
 * Looks for damage in the database of this file, on a thread of its own: a large one takes seconds. What is wrong, in
 * words without content; nothing when it is sound.
 */
export async function databaseFaults(file: string): Promise<readonly string[]> {
  const worker = new Worker(workerPath(import.meta.url, 'checkWorker'), { workerData: file });
  try {
    const [faults] = (await once(worker, 'message')) as [readonly string[]];
    return faults;
  } finally {
    await worker.terminate();
  }
}
