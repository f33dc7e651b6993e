import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ParsedDocument } from '../engine/ports/document.ts';
import { workerPath } from '../system/workerPath.ts';

/** Parsing takes some seconds per megabyte of YAML. A document that takes longer was built to. */
const longestMs = 60_000;
const mostMegabytes = 512;

/**
 * Parses a JSON or YAML file, as base64, on a worker thread: a hostile document costs that thread at most its memory and
 * time. Bad content is an answer, never a rejection.
 */
export async function parseDocument(file: string): Promise<ParsedDocument> {
  const worker = new Worker(workerPath(import.meta.url, 'documentWorker'), {
    workerData: file,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  });
  const timeout = AbortSignal.timeout(longestMs);
  try {
    const [answer] = (await once(worker, 'message', { signal: timeout })) as [ParsedDocument];
    return answer;
  } catch (error) {
    if (timeout.aborted) return { ok: false, message: 'Reading it takes too long. Convert it to JSON.' };
    if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      return { ok: false, message: 'Reading it takes too much memory. Use a smaller document.' };
    }
    throw error;
  } finally {
    await worker.terminate();
  }
}
