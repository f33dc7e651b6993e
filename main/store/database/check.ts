import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { workerPath } from '../../system/workerPath.ts';

/**
 * Checks the database in this file for damage, on a worker thread, as a large one takes seconds. Gives descriptions that quote no
 * content; none when it is sound.
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
