import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ParsedDocument } from '../../engine/ports/document.ts';
import { workerPath } from '../../system/workerPath.ts';

/** Parsing takes some seconds per megabyte of YAML. A document that takes longer was built to. */
const longestMs = 60_000;
const mostMegabytes = 512;

const fault = (message: string): ParsedDocument => ({ ok: false, message });

/** Decodes UTF-8, or UTF-16 with a byte order mark; undefined for anything else. */
function decoded(bytes: Uint8Array): string | undefined {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): ParsedDocument {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const [, line, column] = / \(line (\d+) column (\d+)\)/.exec(error.message) ?? [];
    const place = line === undefined ? '' : `Line ${line}, column ${column}: `;
    // The rest of the message quotes the document.
    return fault(`${place}${error.message.replace(/,? (?:in JSON at position|\.{0,3}").*$/s, '')}.`);
  }
}

/** Parses on a worker thread: a hostile document costs that thread its memory and time, and nothing else. */
async function parseYaml(text: string, places: boolean): Promise<ParsedDocument> {
  const worker = new Worker(workerPath(import.meta.url, 'documentWorker'), {
    workerData: { text, places },
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  });
  const timeout = AbortSignal.timeout(longestMs);
  try {
    const [answer] = (await once(worker, 'message', { signal: timeout })) as [ParsedDocument];
    return answer;
  } catch (error) {
    if (timeout.aborted) return fault('Reading it takes too long. Convert it to JSON.');
    if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      return fault('Reading it takes too much memory. Use a smaller document.');
    }
    throw error;
  } finally {
    await worker.terminate();
  }
}

/**
 * Parses a JSON or YAML file, as base64, into plain values. With `places`, it also gives the place of each part, and JSON is parsed
 * as YAML. Bad content is an answer, never a rejection.
 */
export async function parseDocument(file: string, places = false): Promise<ParsedDocument> {
  const text = decoded(Buffer.from(file, 'base64'));
  if (text === undefined || text.includes('\0')) return fault('It is not a text file in UTF-8.');
  return !places && /^\s*[{[]/.test(text) ? parseJson(text) : await parseYaml(text, places);
}

/** Formats plain values as YAML, without line breaks inside values. */
export async function formatDocument(value: unknown): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(value, { lineWidth: 0 });
}
